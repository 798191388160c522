/**
 * Reads the file that `aipython run` runs: a notebook, a Python file, or standard input.
 *
 * @module
 */

import { foreignLanguage } from "../../nbformat/notebook_language.ts";
import { type NotebookFile, NotebookFileError } from "../../nbformat/notebook_file.ts";
import { readPythonScript } from "../../nbformat/python_script.ts";
import { readNotebook } from "../../nbformat/read_notebook.ts";
import { declaredEncoding, decodeAs } from "../../python/source_encoding.ts";
import { decodeText, EncodingError } from "../../decode_text.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";
import type { CommandHost } from "../host/command_host.ts";

/** The operand that means standard input. */
const STDIN = "-";

/** The maximum size of a file, in bytes: that of GitHub, which accepts no file over 100 MB. */
const MAX_BYTES = 100_000_000;

/** The beginning of a notebook. If such a text is broken JSON, that is an error: it would not run as Python either. */
const NOTEBOOK = /^\s*\{[^]*"nbformat"\s*:/;

export interface SourceOptions {
  /** Whether to accept a notebook in another language than Python. */
  anyLanguage: boolean;
}

/**
 * Reads a file, depending on the extension of its name. Standard input is read as a notebook if it looks like one, otherwise as Python.
 *
 * @param file the path, or `-`
 * @throws {ConfigurationError} the file cannot be run; the message names the reason
 */
export async function readSource(
  file: string,
  host: Pick<CommandHost, "readFile" | "readInput" | "isTerminal" | "writeError">,
  { anyLanguage }: SourceOptions,
): Promise<NotebookFile> {
  const ending = /\.[^./\\]+$/.exec(file)?.[0].toLowerCase();
  if (file !== STDIN && ending !== ".ipynb" && ending !== ".py") {
    throw unusableFile(
      `cannot run ${JSON.stringify(file)}: expected a notebook (.ipynb), a Python file (.py), or - for standard input`,
    );
  }
  if (file === STDIN && host.isTerminal("input")) host.writeError("Type Python code; Ctrl-D ends it.\n");
  const name = file === STDIN ? "standard input" : JSON.stringify(file);
  const bytes = file === STDIN ? await host.readInput() : readBytes(file, host);
  if (bytes.length > MAX_BYTES) throw unusableFile(`cannot read ${name}: it is larger than 100 MB`);
  try {
    const notebook = read(bytes, ending);
    const language = anyLanguage ? undefined : foreignLanguage(notebook.metadata);
    if (language === undefined) return notebook;
    throw unusableFile(
      `cannot run ${name}: this notebook is ${language}, but the model plays Python; give --any-language to run it anyway`,
    );
  } catch (error) {
    if (!(error instanceof NotebookFileError) && !(error instanceof EncodingError)) throw error;
    throw unusableFile(`cannot read ${name}: ${error.message}`);
  }
}

function read(bytes: Uint8Array, ending: string | undefined): NotebookFile {
  if (ending === ".ipynb") return readNotebook(decodeText(bytes));
  const text = decodePython(bytes);
  if (text.includes("\0")) throw new EncodingError("it is not text: it contains null bytes");
  return ending === undefined && NOTEBOOK.test(text) ? readNotebook(text) : readPythonScript(text);
}

function decodePython(bytes: Uint8Array): string {
  const encoding = declaredEncoding(bytes);
  if (encoding === undefined || /^utf-?8/.test(encoding)) return decodeText(bytes);
  try {
    const text = decodeAs(bytes, encoding);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new EncodingError(`its encoding, ${encoding}, is not known; save it as UTF-8`, { cause });
  }
  throw new EncodingError(`it is not text in ${encoding}, the encoding that it declares`);
}

function readBytes(file: string, host: Pick<CommandHost, "readFile">): Uint8Array {
  try {
    return host.readFile(file);
  } catch (error) {
    throw unusableFile(`cannot read ${JSON.stringify(file)}: ${fileProblem(error, "read")}`);
  }
}
