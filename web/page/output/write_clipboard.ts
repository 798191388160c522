/**
 * Writes text to the clipboard.
 *
 * @module
 */

/**
 * Copies a text, even if the browser does not let the page use the clipboard directly.
 *
 * @returns whether the text was copied
 */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Copies a selection, as in older browsers. */
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
