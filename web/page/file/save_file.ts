/**
 * Lets the browser save a text as a file.
 *
 * @module
 */

/** The kinds of files, by their endings. */
const TYPES = { ipynb: "application/x-ipynb+json", py: "text/x-python", html: "text/html" } as const;

/** The ending of a file's name. */
export type FileKind = keyof typeof TYPES;

/** Saves under a name made of the title. */
export function saveFile(title: string, kind: FileKind, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: TYPES[kind] }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(title)}.${kind}`;
  link.click();
  // The download has begun by then; sooner, some browsers lose it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A title as a file's name: what no file system minds. */
export function fileName(title: string): string {
  const name = title.normalize("NFKC").replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-|-$/g, "");
  return name.slice(0, 80).toLowerCase() || "notebook";
}
