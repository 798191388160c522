/**
 * Makes events storable: reading an event from the log or from the tables must return what was written.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";
import { portable } from "../media/portable_text.ts";

interface NamedEvent {
  readonly name: string;
  readonly args?: unknown;
}

/**
 * Replaces characters that would be cut or mangled in storage; see {@linkcode portable}.
 *
 * @throws {RangeError} if a number is infinite or NaN: JSON represents it as `null`, which is a different event
 */
export function storableEvent<Event extends NamedEvent>(event: Event): Event {
  const place = findNotFinite(event.args);
  if (place !== undefined) {
    throw new RangeError(
      `${event.name} contains a number that JSON cannot represent, at ${place}; the event was not committed`,
    );
  }
  const args = portable(event.args);
  return args === event.args ? event : { ...event, args };
}

/** Finds a number that is not finite. Returns its path, for example `content.width`. */
function findNotFinite(value: unknown): string | undefined {
  if (!Array.isArray(value) && !isPlainObject(value)) return undefined;
  for (const [name, item] of Object.entries(value)) {
    if (typeof item === "number" && !Number.isFinite(item)) return name;
    const place = findNotFinite(item);
    if (place !== undefined) return `${name}.${place}`;
  }
}
