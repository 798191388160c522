/**
 * How much of a text can be read after each piece of the arguments that hold it.
 *
 * @module
 */

import { TextFieldScanner } from "../../src/execution/reply/text_field_scanner.ts";

/**
 * The length of the text that can be read after each piece, in characters.
 *
 * @param pieces the arguments of a call of `stdout`, as JSON, cut anywhere
 */
export function textAfterPieces(pieces: readonly string[]): number[] {
  const scanner = new TextFieldScanner("text");
  let length = 0;
  return pieces.map((piece) => length += scanner.write(piece).length);
}
