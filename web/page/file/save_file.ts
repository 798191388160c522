/**
 * Saves a text as a file through the browser.
 *
 * @module
 */

/** MIME types by extension. */
const TYPES = { ipynb: "application/x-ipynb+json", py: "text/x-python", html: "text/html" } as const;

export type FileKind = keyof typeof TYPES;

/** Saves a text under a name made from the title. */
export function saveFile(title: string, kind: FileKind, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: TYPES[kind] }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(title)}.${kind}`;
  link.click();
  // The download has started by then. If the URL is revoked sooner, some browsers lose it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Converts a title to a file name that every file system accepts. */
export function fileName(title: string): string {
  const name = title.normalize("NFKC").replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-|-$/g, "");
  return name.slice(0, 80).toLowerCase() || "notebook";
}
