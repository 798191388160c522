/**
 * Writes text to the clipboard.
 *
 * @module
 */

/**
 * Copies a text, also where the browser does not let the page write to the clipboard by itself.
 *
 * @returns whether it was copied
 */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** The way of old: what is selected is copied. */
function copySelected(text: string): boolean {
  const holder = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "unseen";
  field.readOnly = true;
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    holder?.focus({ preventScroll: true });
  }
}
