/**
 * Removes secrets from addresses.
 *
 * @module
 */

import { hidden } from "./redactor.ts";

/** Hides the user, the password and the query of an address, also if the address is part of other text. */
export function bareAddress(text: string): string {
  return text.replace(/\/\/[^/?#\s]*@/g, `//${hidden}@`).replace(/(:\/\/[^\s?]*)\?[^\s]*/g, `$1?${hidden}`);
}
