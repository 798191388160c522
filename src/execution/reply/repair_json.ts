/**
 * Repairs JSON that is complete but not valid.
 *
 * @module
 */

import { jsonrepair } from "jsonrepair";

/**
 * The longest text that is repaired, in characters. The time grows with the square of the number of quotes, up to 0.2 s for a text
 * of this length.
 */
const MAX_LENGTH = 20_000;

/** Text that may follow an object: white space, tags and fences. */
const BEHIND = /(?:\s|```|<[^<>]*>)*$/;

/** The number of characters at the end that are examined. Text after an object is never longer. */
const LOOKED_AT = 200;

/**
 * Repairs the JSON text of an object: unescaped quotes in strings, missing commas, and comments.
 *
 * @param text the text, which must not be truncated
 * @returns the repaired JSON text, or `undefined` if its meaning is not clear or the text is too long
 */
export function repairJson(text: string): string | undefined {
  const object = text.slice(0, -LOOKED_AT) + text.slice(-LOOKED_AT).replace(BEHIND, "");
  if (!object.endsWith("}") || object.length > MAX_LENGTH) return undefined;
  try {
    return JSON.stringify(JSON.parse(jsonrepair(object)));
  } catch {
    return undefined;
  }
}
