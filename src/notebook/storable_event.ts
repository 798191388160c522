/**
 * Makes an event fit to be stored: what is read from the log, and from its tables, must be what was written.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";
import { portable } from "../media/portable_text.ts";

/** An event, as far as it is looked at. */
interface NamedEvent {
  readonly name: string;
  readonly args?: unknown;
}

/**
 * Replaces the characters that are cut or mangled on the way; see {@linkcode portable}.
 *
 * @throws {RangeError} when a number is infinite or NaN: JSON writes `null`, so the event would come back as another one
 */
export function storableEvent<Event extends NamedEvent>(event: Event): Event {
  const place = findNotFinite(event.args);
  if (place !== undefined) {
    throw new RangeError(`${event.name} holds a number that JSON cannot write, at ${place}: it was not committed`);
  }
  const args = portable(event.args);
  return args === event.args ? event : { ...event, args };
}

/** Where a number stands that is not finite, as a path of names. */
function findNotFinite(value: unknown): string | undefined {
  if (!Array.isArray(value) && !isPlainObject(value)) return undefined;
  for (const [name, item] of Object.entries(value)) {
    if (typeof item === "number" && !Number.isFinite(item)) return name;
    const place = findNotFinite(item);
    if (place !== undefined) return `${name}.${place}`;
  }
}
