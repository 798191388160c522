/**
 * A data file that a person uploads: the name by which cells call it, its type, and what reads it.
 *
 * @module
 */

import { portableText } from "../../../src/media/portable_text.ts";

/** The longest name that is kept, in characters: no file system has longer ones. */
const LONGEST_NAME = 255;

/** How much of a long name's end is kept, in characters: the ending says what the file is. */
const KEPT_END = 32;

/** The types of files for which a browser may know none, by their endings. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/jsonl",
  txt: "text/plain",
};

/** What pandas reads a table with, by its ending. */
const READERS: Readonly<Record<string, (name: string) => string>> = {
  csv: (name) => `pd.read_csv(${name})`,
  tsv: (name) => `pd.read_csv(${name}, sep='\\t')`,
};

/** Makes a file's name fit for a line: without folders and control characters, and shortened in its middle. */
export function dataFileName(name: string): string {
  // deno-lint-ignore no-control-regex -- those are what a name must not have
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

/** A file's type: as the browser knows it, else by its name's ending. */
export function dataFileType({ name, type }: Pick<File, "name" | "type">): string {
  const ending = endingOf(name);
  return type || (Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream");
}

/**
 * Writes the code that reads a table, as the notebook app does.
 *
 * @param earlier the code that runs before it: pandas is imported once
 * @returns `undefined` for a file that is no table
 */
export function readingCode(fileName: string, earlier: readonly string[]): string | undefined {
  const reader = Object.hasOwn(READERS, endingOf(fileName)) ? READERS[endingOf(fileName)] : undefined;
  if (reader === undefined) return undefined;
  const isImported = earlier.some((source) => /^import pandas as pd\b/m.test(source));
  return `${isImported ? "" : "import pandas as pd\n"}df = ${reader(pythonString(fileName))}\ndf.head()`;
}

/** A name without control characters as a string of Python. */
function pythonString(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
}
