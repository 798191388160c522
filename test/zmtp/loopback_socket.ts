/**
 * Options and helpers for tests of a socket on loopback.
 *
 * @module
 */

import type { ProtocolError } from "../../src/zmtp/errors.ts";
import type { RouterSocket } from "../../src/zmtp/router_socket.ts";
import { text } from "./raw_peer.ts";

/** Options that bind a socket to a free port of 127.0.0.1. */
export const loopback = { hostname: "127.0.0.1", port: 0 };

/** Receives this number of messages. Returns the routing id and frames of each as one text. */
export async function receive(router: RouterSocket, count: number): Promise<string[]> {
  const received: string[] = [];
  const messages = router[Symbol.asyncIterator]();
  while (received.length < count) {
    const { routingId, frames } = (await messages.next()).value!;
    received.push([routingId, ...frames].map(text).join(" "));
  }
  return received;
}

/** Returns a listener for rejected peers, and a promise of the next reason. */
export function nextRefusal(): { onRefused: (refusal: { error: ProtocolError }) => void; reason: Promise<string> } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { onRefused: ({ error }) => resolve(error.message), reason: promise };
}
