/**
 * Edits a text with a key.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { typedText } from "./key_name.ts";
import type { KeyPress } from "./keyboard.ts";

/** Handles a key that changes the text or moves the cursor. Other keys do nothing. */
export function editKey(press: KeyPress, buffer: EditBuffer): void {
  const { key } = press;
  // `node:readline` would suspend the process at Ctrl-Z, and undo changes of another line at the other keys.
  if (key.ctrl && ["z", "_", "-", "6"].includes(key.name ?? "")) return;
  const text = typedText(press);
  if (text !== undefined || key.name !== undefined) buffer.press(text, key);
}
