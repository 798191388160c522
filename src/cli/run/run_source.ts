/**
 * Reads the file that `aipython run` runs: a notebook, a Python file, or standard input.
 *
 * @module
 */

import { type NotebookFile, NotebookFileError } from "../../nbformat/notebook_file.ts";
import { readPercentScript } from "../../nbformat/percent_script.ts";
import { readNotebook } from "../../nbformat/read_notebook.ts";
import type { CommandHost } from "../host/command_host.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";

/** Standard input, as an operand. */
const STDIN = "-";

/** The most characters that are read: as GitHub, which accepts no file over 100 MB. */
const MAX_CHARACTERS = 100_000_000;

/** The beginning of a notebook. Broken JSON of this form is an error, because running it as Python would be of no use. */
const NOTEBOOK = /^\s*\{[^]*"nbformat"\s*:/;

/**
 * Reads a file according to the ending of its name. Standard input is read as a notebook if it looks like one, otherwise as Python.
 *
 * @param file the path, or `-`
 * @throws {ConfigurationError} the file cannot be run; the message names the reason
 */
export async function readSource(
  file: string,
  host: Pick<CommandHost, "readTextFile" | "readInput" | "isTerminal" | "writeError">,
): Promise<NotebookFile> {
  const ending = /\.[^./\\]+$/.exec(file)?.[0].toLowerCase();
  if (file !== STDIN && ending !== ".ipynb" && ending !== ".py") {
    throw unusableFile(
      `cannot run ${JSON.stringify(file)}: expected a notebook (.ipynb), a Python file (.py), or - for standard input`,
    );
  }
  if (file === STDIN && host.isTerminal("input")) host.writeError("Reading Python; Ctrl-D ends it.\n");
  const name = file === STDIN ? "standard input" : JSON.stringify(file);
  const text = (file === STDIN ? await host.readInput() : readFile(file, host)).replace(/^\uFEFF/, "");
  if (text.length > MAX_CHARACTERS) throw unusableFile(`cannot read ${name}: it is larger than 100 MB`);
  if (text.includes("\0")) throw unusableFile(`cannot read ${name}: it is not text in UTF-8`);
  if (ending === ".py" || (file === STDIN && !NOTEBOOK.test(text))) return readPercentScript(text);
  try {
    return readNotebook(text);
  } catch (error) {
    if (!(error instanceof NotebookFileError)) throw error;
    throw unusableFile(`cannot read ${name}: ${error.message}`);
  }
}

function readFile(file: string, host: Pick<CommandHost, "readTextFile">): string {
  try {
    return host.readTextFile(file);
  } catch (error) {
    throw unusableFile(`cannot read ${JSON.stringify(file)}: ${fileProblem(error, "read")}`);
  }
}
