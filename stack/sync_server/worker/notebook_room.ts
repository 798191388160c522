/**
 * A notebook's sync room, a Durable Object: sync-cf's class, which also counts its pending messages.
 *
 * @module
 */

import { makeDurableObject } from "@livestore/sync-cf/cf-worker";

// deno-lint-ignore no-explicit-any -- Cloudflare's own types are not installed, and sync-cf's class is declared with them
const SyncObject: new (context: any, env: any) => any = makeDurableObject();

/** Messages that are being answered: sync-cf acknowledges and broadcasts a push before it has stored it. */
const inFlight = new Set<Promise<unknown>>();

/** Do not rename the class: Cloudflare stores a deployment's objects under its name. */
export class WebSocketServer extends SyncObject {
  constructor(context: unknown, env: unknown) {
    super(context, env);
    const answer: (socket: unknown, message: unknown) => Promise<unknown> | undefined = this.webSocketMessage;
    this.webSocketMessage = async (socket: unknown, message: unknown): Promise<void> => {
      const answered = Promise.resolve(answer(socket, message));
      inFlight.add(answered);
      await answered.finally(() => inFlight.delete(answered));
    };
  }
}

/** Resolves when everything that this process's rooms acknowledged is stored. */
export async function drained(): Promise<void> {
  await Promise.allSettled(inFlight);
}
