/**
 * Shortens a server's error, so that a large one does not take long to read.
 *
 * @module
 */

import { MAX_REASON_LENGTH } from "./text_reason.ts";

/** How many values are kept. A list with one error for each turn of a conversation has fewer. */
const MAX_VALUES = 1_000;

/** How many characters are kept of all texts together. */
const MAX_CHARACTERS = 65_536;

/** The depth up to which values are kept. The nested errors of gateways are less deep. */
const MAX_DEPTH = 20;

/** How many characters are kept of the name of a field. */
const MAX_NAME_LENGTH = 200;

/** How many values and characters may still be kept. */
interface Room {
  values: number;
  characters: number;
}

/** Copies an error, and limits the length of each text, the length of all texts, the number of values and the depth. */
export function shortError(error: unknown): unknown {
  return copy(error, { values: MAX_VALUES, characters: MAX_CHARACTERS }, 0);
}

function copy(value: unknown, room: Room, depth: number): unknown {
  if (typeof value === "string") {
    const text = value.slice(0, Math.min(MAX_REASON_LENGTH, room.characters));
    room.characters -= text.length;
    return text;
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  const fits = () => room.values-- > 0;
  const copies = function* (): Generator<[string, unknown]> {
    for (const [name, item] of Object.entries(value)) {
      if (!fits()) return;
      yield [name.slice(0, MAX_NAME_LENGTH), copy(item, room, depth + 1)];
    }
  };
  return Array.isArray(value) ? [...copies()].map(([, item]) => item) : Object.fromEntries(copies());
}
