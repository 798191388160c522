/**
 * Extracts the Python code of a cell that runs in the notebook's namespace. Magics become comments.
 *
 * @module
 */

import { cellMagicBody, normalizeCell, replaceMagics } from "./cell_source.ts";
import { commentText } from "./one_line.ts";
import { isPython, parsePython, type PythonTree } from "./python_tree.ts";

/** The Python code of a cell, and the effects of its magics. */
export interface DefiningPython {
  code: string;
  tree: PythonTree;
  /** The names that cell magics bind, each with its magic: `%%capture out`. */
  captured: [name: string, magic: string][];
  /** The magics that change the session or write a file, for example `%%writefile name`. */
  state: string[];
}

/** The longest magic in a comment, in characters. */
const MAX_MAGIC = 80;

/** `%%bash --out name --err name`. */
const SCRIPT_CAPTURE = /\s--(?:out|err)[ =](\w+)/g;

/** The last argument of `%%capture`. */
const CAPTURE = /^%%capture\b.*[ \t]([A-Za-z_]\w*)[ \t]*$/;

/**
 * Extracts the Python code that runs in the notebook's namespace. The body of `%%timeit` is left out, because it runs in a
 * function.
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
  // CPython rejects code that contains NUL.
  if (code.includes("\0")) code = "";
  const tree = parsePython(code);
  if (isPython(tree)) return { code, tree, captured, state };
  const source = replaceMagics(code);
  if (!source.isMagic) return { code, tree, captured, state };
  const python = commentMagics(code, source.code);
  return { code: python, tree: parsePython(python), captured, state };
}

/**
 * Turns the lines that only IPython understands into comments: `%cd data` becomes `pass  # %cd data`, and `x = !ls` becomes `x =
 * ...  # !ls`.
 *
 * @param replaced the result of {@linkcode replaceMagics} for this code
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
