/**
 * The clipboard of the system, where the browser lets the page at it.
 *
 * @module
 */

/**
 * Puts a text on it.
 *
 * @returns whether it is there
 */
export async function writeSystemText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page that is not on this machine's own address has no clipboard; a browser may also refuse it.
    return false;
  }
}

/** Reads its text, if the browser allows that without asking the person. */
export async function readSystemText(): Promise<string | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: "clipboard-read" as PermissionName });
    return state === "granted" ? await navigator.clipboard.readText() : undefined;
  } catch {
    return undefined;
  }
}
