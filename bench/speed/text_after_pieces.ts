/**
 * Computes how much of a text can be read after each piece of the arguments that contain it.
 *
 * @module
 */

import { ToolCallReader } from "../../src/execution/reply/tool_call_reader.ts";

/**
 * Returns the length of the readable text after each piece, in characters.
 *
 * @param pieces the arguments of a call of `stdout`, as JSON, cut anywhere
 */
export function textAfterPieces(pieces: readonly string[]): number[] {
  const reader = new ToolCallReader("stdout");
  let length = 0;
  return pieces.map((piece) => length += reader.write(piece).length);
}
