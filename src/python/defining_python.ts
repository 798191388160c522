/**
 * The Python of a cell that defines something, with its magics as comments.
 *
 * @module
 */

import { cellMagicBody, normalizeCell, replaceMagics } from "./cell_source.ts";
import { commentText } from "./one_line.ts";
import { isPython, parsePython, type PythonTree } from "./python_tree.ts";

/** What of a cell is Python. */
export interface DefiningPython {
  /** Python alone. */
  code: string;
  /** The tree of `code`. */
  tree: PythonTree;
  /** The names that cell magics bind, each with the magic: `%%capture out`. */
  captured: [name: string, magic: string][];
  /** The magics in it that change the state of the session, such as `%%writefile name`. */
  state: string[];
}

/** How much of a magic stays in its comment, in characters. */
const MAX_MAGIC = 80;

/** `%%bash --out name --err name`. */
const SCRIPT_CAPTURE = /\s--(?:out|err)[ =](\w+)/g;

/** The last argument of `%%capture`. */
const CAPTURE = /^%%capture\b.*[ \t]([A-Za-z_]\w*)[ \t]*$/;

/**
 * Takes from a cell what is Python and runs in the notebook's namespace. `%timeit` runs its code in a function.
 *
 * @param cell the cell's code as it was typed
 */
export function definingPython(cell: string): DefiningPython {
  let code = normalizeCell(cell);
  const [captured, state]: [DefiningPython["captured"], string[]] = [[], []];
  for (let body = cellMagicBody(code); body !== undefined; body = cellMagicBody(code)) {
    const magic = code.split("\n", 1)[0];
    const names = [...magic.matchAll(SCRIPT_CAPTURE), ...[CAPTURE.exec(magic)].filter((match) => match !== null)];
    captured.push(...names.map(([, name]): [string, string] => [name, commentText(magic, MAX_MAGIC)]));
    if (/^%%(?:writefile|file)\b/.test(magic)) state.push(commentText(magic, MAX_MAGIC));
    code = magic.startsWith("%%timeit") ? "" : normalizeCell(body);
  }
  // CPython reads no code with NUL in it.
  if (code.includes("\0")) code = "";
  const tree = parsePython(code);
  if (isPython(tree)) return { code, tree, captured, state };
  const source = replaceMagics(code);
  if (!source.isMagic) return { code, tree, captured, state };
  const python = commentMagics(code, source.code);
  return { code: python, tree: parsePython(python), captured, state };
}

/**
 * Writes the lines that IPython alone understands as comments: `%cd data` as `pass  # %cd data`, `x = !ls` as `x = ...  # !ls`.
 *
 * @param code a cell
 * @param replaced what {@linkcode replaceMagics} made of it
 */
function commentMagics(code: string, replaced: string): string {
  const lines = code.split("\n");
  return replaced.split("\n").map((python, index) => {
    const line = lines[index];
    const magic = /^(.*?)__magic__(;?)/.exec(python);
    if (python === line || magic === null) return python;
    const [prefix, indent, semicolon] = magic;
    const statement = line.slice(indent.length);
    const comment = commentText(statement.replace(/\\$/, ""), MAX_MAGIC);
    if (indent.trim() !== "") return `${indent}...  # ${comment}`;
    return semicolon === "" || statement.startsWith("%timeit")
      ? `${indent}pass  # ${comment}`
      : indent + python.slice(prefix.length);
  }).join("\n");
}
