/**
 * An address as it may be shown.
 *
 * @module
 */

import { hidden } from "./redactor.ts";

/** Hides the user, the password and the query that an address may carry, also where the address stands inside other text. */
export function bareAddress(text: string): string {
  return text.replace(/\/\/[^/?#\s]*@/g, `//${hidden}@`).replace(/(:\/\/[^\s?]*)\?[^\s]*/g, `$1?${hidden}`);
}
