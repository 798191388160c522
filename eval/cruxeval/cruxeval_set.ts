/**
 * Reads rows of CRUXEval's format as a set: a function, an input and its result.
 *
 * @module
 */

import { ConfigurationError } from "../../src/errors.ts";
import type { Shown } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { finallyWarnings } from "./finally_warnings.ts";
import { ipythonLayout } from "./ipython_layout.ts";
import { CRUXEVAL_O, isCruxeval } from "./published_figures.ts";

/** The fields of a row, all texts. */
const fields = ["code", "input", "output", "id"] as const;

type Row = Record<typeof fields[number], string>;

/**
 * Reads a set. Its name is the file's name without `.jsonl`.
 *
 * Each row is a session of one cell: the row's code and a last line `f(<input>)`. Accepted values are `output` on one
 * line and as IPython wraps it. The warnings of code that leaves a `finally` block come before it.
 *
 * @param text the file's content: JSON lines with `code`, `input`, `output` and `id`
 * @param path the file's path, for the set's name and for messages
 * @throws {ConfigurationError} naming the first line that is wrong
 */
export function cruxevalSet(text: string, path: string): EvalSet {
  const known = new Set<string>();
  const cells = text.split("\n").flatMap((line, index): EvalCell[] => {
    if (line.trim() === "") return [];
    const row = readRow(line);
    if (typeof row === "string") throw wrong(`line ${index + 1} of ${path} ${row}`);
    if (known.has(row.id)) {
      throw wrong(`line ${index + 1} of ${path} has the id ${JSON.stringify(row.id)} of another line`);
    }
    known.add(row.id);
    return [toCell(row)];
  });
  if (cells.length === 0) throw wrong(`${path} has no rows`);
  const name = path.replace(/^.*[\\/]/, "").replace(/\.jsonl$/, "");
  return { name, cells, ...(isCruxeval(cells) && { benchmark: CRUXEVAL_O }) };
}

function toCell({ code, input, output, id }: Row): EvalCell {
  const wrapped = ipythonLayout(output);
  const stderr = finallyWarnings(code);
  const accepted: [Shown, ...Shown[]] = [valueShown(wrapped, stderr)];
  if (wrapped !== output) accepted.push(valueShown(output, stderr));
  return {
    name: id,
    kind: kindOf(output),
    needs: [],
    code: `${code}\nf(${input})`,
    executionCount: 1,
    history: [],
    accepted,
  };
}

function valueShown(text: string, stderr: string): Shown {
  // `None` is the one value that IPython does not show.
  const shown = { stdout: "", stderr, displays: [] };
  return text === "None" ? shown : { ...shown, result: { "text/plain": text } };
}

/** Returns the type of a value, by its `repr`. */
function kindOf(output: string): string {
  if (/^[bB]?['"]/.test(output)) return output[0].toLowerCase() === "b" ? "bytes" : "str";
  if (output.startsWith("[")) return "list";
  if (output.startsWith("(")) return "tuple";
  if (output.startsWith("{")) return "dict or set";
  return /^-?[\d.]/.test(output) ? "number" : "other";
}

/** Reads a line, or returns what is wrong with it. */
function readRow(line: string): Row | string {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row !== "object" || row === null) return "is not a JSON object";
    const missing = fields.find((field) => typeof (row as Partial<Row>)[field] !== "string");
    return missing === undefined ? row as Row : `has no text "${missing}"`;
  } catch {
    return "is not JSON";
  }
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{
    message: `${message}: expected a JSON object per line with the texts ${fields.join(", ")}`,
  }]);
}
