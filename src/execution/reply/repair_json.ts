/**
 * Repairs JSON that is complete and not valid.
 *
 * @module
 */

import { jsonrepair } from "jsonrepair";

/** The longest text that is repaired, in characters: the time grows with the square of its quotes, up to 0.2 s for this many. */
const MAX_LENGTH = 20_000;

/** What may stand behind an object: blanks, tags and fences. */
const BEHIND = /(?:\s|```|<[^<>]*>)*$/;

/** How many characters at the end are looked at: more than anything behind an object has. */
const LOOKED_AT = 200;

/**
 * Repairs the JSON text of an object: quotes in strings that are not escaped, commas that are missing, comments.
 *
 * @param text the text, of which nothing may be missing at the end
 * @returns JSON text; `undefined` where it is not plain what is meant, and where the text is long
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
