/**
 * Keeps of an error that a server sent what may say why, so that no error takes long to be looked at.
 *
 * @module
 */

import { MAX_REASON_LENGTH } from "./text_reason.ts";

/** How many values are kept. A list of what is wrong with each turn of a conversation has fewer. */
const MAX_VALUES = 1_000;

/** How many characters are kept of all texts together. */
const MAX_CHARACTERS = 65_536;

/** How deep values are kept: errors within errors, as gateways pass them on, are not as deep. */
const MAX_DEPTH = 20;

/** How many characters are kept of the name of a field. */
const MAX_NAME_LENGTH = 200;

/** What may still be kept. */
interface Room {
  values: number;
  characters: number;
}

/**
 * Copies the beginning of an error: of each text, of all texts together, and of what is nested.
 *
 * @param error a JSON value
 */
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
