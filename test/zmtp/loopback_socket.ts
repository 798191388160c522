/**
 * The messages that tests of a socket on loopback receive, and the refusals that they see.
 *
 * @module
 */

import type { ProtocolError } from "../../src/zmtp/errors.ts";
import type { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { text } from "./raw_peer.ts";

/** A free port of this machine. */
export const loopback = { hostname: "127.0.0.1", port: 0 };

/** Receives so many messages: routing id and frames. */
export async function receive(router: RouterSocket, count: number): Promise<string[]> {
  const received: string[] = [];
  const messages = router[Symbol.asyncIterator]();
  while (received.length < count) {
    const { routingId, frames } = (await messages.next()).value!;
    received.push([routingId, ...frames].map(text).join(" "));
  }
  return received;
}

/** Returns a listener for refusals, and a promise of the next refusal's reason. */
export function nextRefusal(): { onRefused: (refusal: { error: ProtocolError }) => void; reason: Promise<string> } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { onRefused: ({ error }) => resolve(error.message), reason: promise };
}
