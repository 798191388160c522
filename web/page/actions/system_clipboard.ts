/**
 * The system's clipboard, as far as the browser allows its use.
 *
 * @module
 */

/** @returns whether the text was written */
export async function writeSystemText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard needs HTTPS or an address of this machine. A browser may also refuse it.
    return false;
  }
}

/** Reads the clipboard's text if the browser allows that without asking. */
export async function readSystemText(): Promise<string | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: "clipboard-read" as PermissionName });
    return state === "granted" ? await navigator.clipboard.readText() : undefined;
  } catch {
    return undefined;
  }
}
