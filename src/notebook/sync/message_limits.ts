/**
 * Limits the size of messages from a sync server.
 *
 * Neither Deno nor browsers can limit a WebSocket message before it is complete. The text of a message is therefore in memory when it is
 * checked here. The limits apply to the objects that would be made from it.
 *
 * @module
 */

import type { ServerFrame } from "./frames.ts";

/**
 * The longest message, in bytes on the network and in characters of text. A page of a pull has 100 events, and servers accept no event of
 * 1 MiB. Deno accepts up to 64 MiB in one frame, and more in several.
 */
export const MAX_MESSAGE_LENGTH = 100 * 1024 * 1024;

/** The largest number of events in a message. A page has 100; a push of 1 MiB has 10,000 of the smallest, of about 100 bytes. */
const MAX_MESSAGE_EVENTS = 10_000;

/** Returns the reason why a message must not be parsed, as a clause, or `undefined`. */
export function tooLong(message: unknown): string | undefined {
  const length = typeof message === "string" ? message.length : 0;
  if (length > MAX_MESSAGE_LENGTH) return tooLarge(length, "characters", MAX_MESSAGE_LENGTH);
}

/** Returns the reason why a frame must not be accepted, as a clause, or `undefined`. */
export function tooMany(frame: ServerFrame): string | undefined {
  const count = "events" in frame ? frame.events.length : 0;
  if (count > MAX_MESSAGE_EVENTS) return tooLarge(count, "events", MAX_MESSAGE_EVENTS);
}

function tooLarge(size: number, what: string, limit: number): string {
  return `the sync server sent a message of ${size} ${what}; the limit is ${limit}`;
}
