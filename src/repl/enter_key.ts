/**
 * What the Enter key does to a cell.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { isComplete } from "./is_complete.ts";
import type { KeyboardEvent } from "./keyboard.ts";

/**
 * Ends a cell, or begins its next line. Of one with several lines, it ends only on the last.
 *
 * @returns the cell, if it has ended
 */
export function enter(buffer: EditBuffer): string | undefined {
  const { text } = buffer;
  const state = isComplete(text.includes("\n") ? buffer.before : text);
  if (state.complete && (buffer.isAtEnd || !text.includes("\n"))) return text.trimEnd();
  buffer.insert(`\n${" ".repeat(state.complete ? 0 : state.indent)}`);
}

/**
 * Does the same between lines that arrive in a burst, which bring their own indentation. A cell goes on where the next line is an
 * indented one.
 *
 * @param ahead the next event, if it has arrived
 * @returns the cell, if it has ended
 */
export function enterInBurst(buffer: EditBuffer, ahead: KeyboardEvent | undefined): string | undefined {
  const isIndented = ahead?.type === "key" && ahead.isBurst && /^[ \t]$/.test(ahead.text ?? "");
  const goesOn = isIndented && buffer.text.trim() !== "";
  if (!goesOn && buffer.isAtEnd && isComplete(buffer.before).complete) return buffer.text.trimEnd();
  buffer.insert("\n");
}
