/**
 * A data file that a person uploads: its name in cells, its type, and the code that reads it.
 *
 * @module
 */

import { portableText } from "../../../src/media/portable_text.ts";

/** The longest name, in characters. File systems allow no longer ones. */
const LONGEST_NAME = 255;

/** The number of characters kept at the end of a long name. The extension must survive. */
const KEPT_END = 32;

/** MIME types by extension, for files whose type a browser may not know. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/jsonl",
  txt: "text/plain",
};

/** The pandas call that reads a table, by extension. */
const READERS: Readonly<Record<string, (name: string) => string>> = {
  csv: (name) => `pd.read_csv(${name})`,
  tsv: (name) => `pd.read_csv(${name}, sep='\\t')`,
};

/** Makes a file's name fit for one line: removes folders and control characters, and shortens its middle. */
export function dataFileName(name: string): string {
  // deno-lint-ignore no-control-regex -- control characters are removed here
  const line = portableText(name).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029␀]+/gu, "_").replaceAll(
    /[/\\]/g,
    "_",
  )
    .trim();
  if (line === "" || /^\.+$/.test(line)) return "file";
  const characters = [...line];
  if (characters.length <= LONGEST_NAME) return line;
  return [...characters.slice(0, LONGEST_NAME - KEPT_END - 1), "…", ...characters.slice(-KEPT_END)].join("");
}

/** Returns a file's type: the browser's, or else the one for its extension. */
export function dataFileType({ name, type }: Pick<File, "name" | "type">): string {
  const ending = endingOf(name);
  return type || (Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream");
}

/**
 * Writes the code that reads a table, as the notebook app does.
 *
 * @param earlier the code that runs before it, so that pandas is imported only once
 * @returns `undefined` if the file is not a table
 */
export function readingCode(fileName: string, earlier: readonly string[]): string | undefined {
  const reader = Object.hasOwn(READERS, endingOf(fileName)) ? READERS[endingOf(fileName)] : undefined;
  if (reader === undefined) return undefined;
  const isImported = earlier.some((source) => /^import pandas as pd\b/m.test(source));
  return `${isImported ? "" : "import pandas as pd\n"}df = ${reader(pythonString(fileName))}\ndf.head()`;
}

/** Writes a name without control characters as a Python string. */
function pythonString(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
}
