/**
 * How large a message of a sync server may be.
 *
 * Neither Deno nor a browser lets a client bound what it receives before it is whole. So a message's text is in memory when it is
 * looked at here, and what is bounded is what would be made of it.
 *
 * @module
 */

import type { ServerFrame } from "./frames.ts";

/**
 * The longest message, in bytes of a network and in characters of a text: a page of a pull has 100 events, and servers take none of
 * 1 MiB. Deno takes up to 64 MiB in one frame, and more in several.
 */
export const MAX_MESSAGE_LENGTH = 100 * 1024 * 1024;

/** The most events of a message: as many of the smallest, of about 100 bytes, are in a push of 1 MiB. A page has 100. */
const MAX_MESSAGE_EVENTS = 10_000;

/** Why a message must not be parsed, as a clause; `undefined` if it may be. */
export function tooLong(message: unknown): string | undefined {
  const length = typeof message === "string" ? message.length : 0;
  if (length > MAX_MESSAGE_LENGTH) return tooLarge(length, "characters", MAX_MESSAGE_LENGTH);
}

/** Why a frame must not be taken, as a clause; `undefined` if it may be. */
export function tooMany(frame: ServerFrame): string | undefined {
  const count = "events" in frame ? frame.events.length : 0;
  if (count > MAX_MESSAGE_EVENTS) return tooLarge(count, "events", MAX_MESSAGE_EVENTS);
}

function tooLarge(size: number, what: string, limit: number): string {
  return `the sync server sent a message of ${size} ${what}; at most ${limit} are taken`;
}
