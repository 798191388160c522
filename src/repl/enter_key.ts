/**
 * Handles the Enter key in a cell.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { isComplete } from "./is_complete.ts";
import type { KeyboardEvent } from "./keyboard.ts";

/**
 * Ends a complete cell, or begins its next line. A cell with several lines ends only if the cursor is on the last one.
 *
 * @returns the cell, if it has ended; otherwise `undefined`
 */
export function enter(buffer: EditBuffer): string | undefined {
  const { text } = buffer;
  const state = isComplete(text.includes("\n") ? buffer.before : text);
  if (state.complete && (buffer.isAtEnd || !text.includes("\n"))) return text.trimEnd();
  buffer.insert(`\n${" ".repeat(state.complete ? 0 : state.indent)}`);
}

/**
 * Does the same between lines that arrive in a burst, which have their own indentation. The cell continues if the next line is indented.
 *
 * @param ahead the next event, if it has arrived
 * @returns the cell, if it has ended; otherwise `undefined`
 */
export function enterInBurst(buffer: EditBuffer, ahead: KeyboardEvent | undefined): string | undefined {
  const isIndented = ahead?.type === "key" && ahead.isBurst && /^[ \t]$/.test(ahead.text ?? "");
  const goesOn = isIndented && buffer.text.trim() !== "";
  if (!goesOn && buffer.isAtEnd && isComplete(buffer.before).complete) return buffer.text.trimEnd();
  buffer.insert("\n");
}
