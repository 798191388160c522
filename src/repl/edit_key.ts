/**
 * Edits a text with a key.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { typedText } from "./key_name.ts";
import type { KeyPress } from "./keyboard.ts";

/** Takes a key that changes the text or moves the cursor; others do nothing. */
export function editKey(press: KeyPress, buffer: EditBuffer): void {
  const { key } = press;
  // To suspend the process, or to undo what was done in another line, is nothing that `node:readline` may do here.
  if (key.ctrl && ["z", "_", "-", "6"].includes(key.name ?? "")) return;
  const text = typedText(press);
  if (text !== undefined || key.name !== undefined) buffer.press(text, key);
}
