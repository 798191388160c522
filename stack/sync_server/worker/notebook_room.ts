/**
 * One notebook's sync room, a Durable Object: sync-cf's own, with its work counted.
 *
 * @module
 */

import { makeDurableObject } from "@livestore/sync-cf/cf-worker";

// deno-lint-ignore no-explicit-any -- Cloudflare's own types are not installed, and sync-cf's class is declared with them
const SyncObject: new (context: any, env: any) => any = makeDurableObject();

/** Messages that are being answered: sync-cf acknowledges and broadcasts a push before it has stored it. */
const inFlight = new Set<Promise<unknown>>();

/** The room. Its name is part of every deployment's state: Cloudflare keeps the objects by it. */
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

/** Resolves when all that was acknowledged by this process's rooms is stored. */
export async function drained(): Promise<void> {
  await Promise.allSettled(inFlight);
}
