/**
 * Prepares a cell for the Python parser, as IPython does: replaces magics, shell commands and questions about objects.
 *
 * @module
 */

import { stripPrompts } from "./strip_prompts.ts";

/** A cell in which every magic is replaced by Python code without effect, so that the rest can be parsed. */
export interface CellSource {
  /** Python code with as many lines as the cell has after its leading blank lines and its cell magic. */
  code: string;
  /** Whether the cell has magics, shell commands, questions about objects (`obj?`) or escaped calls (`/f x`). */
  isMagic: boolean;
  /** The offset in `code` of the last line that consisted of a magic, or -1. */
  lastMagic: number;
}

/** The name that replaces a magic. A name can be a statement or a value, and no analysis gives it a meaning. */
export const PLACEHOLDER = "__magic__";

/** The magics whose line or cell is Python. Source: IPython's "Built-in magic commands". */
const PYTHON_MAGIC = "(?:time|timeit|prun|capture)";

const CELL_MAGIC = /^%%(\w*)[^\n]*(?:\n|$)/;
const PYTHON_CELL_MAGIC = new RegExp(`^%%${PYTHON_MAGIC}\\b`);

/** `%time` or `%timeit -n 10`, followed by Python code. */
const PYTHON_LINE_MAGIC = new RegExp(`^%${PYTHON_MAGIC}\\b(?:[ \\t]+-\\w+(?:[ \\t]+\\d+\\b)?)*[ \\t]+(?=\\S)`);

/** The first characters of IPython's escaped lines: magic, shell, help, and three kinds of calls without parentheses. */
const ESCAPE = /^[%!?,;/]/;

/** `obj?`, `obj.name??`, `%magic?` and `*pattern*?`. */
const QUESTION = /^[%\w*.[\]-]+\?\??[ \t]*$/;

/** The first `=` of a statement, followed by `%magic` or `!command`. */
const ASSIGNED_MAGIC = /^[^=#'"]*=[ \t]*(?=[%!][^=])/;

/** The tokens that determine whether the next line begins a statement. */
const LINE_TOKEN = /#.*|"""|'''|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[()[\]{}]/g;

/** A part that every copied prompt has. */
const PROMPT_PART = />>>|\.\.\.|In\W/;

/**
 * Normalizes a cell's text: line ends become `\n`, and leading blank lines, the indentation of the first line and copied prompts
 * are removed.
 */
export function normalizeCell(cell: string): string {
  return stripPrompts(linesOf(cell)).join("\n");
}

/** Removes the prompts of a session from copied code. Code without prompts is returned unchanged. */
export function withoutPrompts(cell: string): string {
  if (!PROMPT_PART.test(cell)) return cell;
  const lines = linesOf(cell);
  const stripped = stripPrompts(lines);
  return stripped === lines ? cell : stripped.join("\n");
}

function linesOf(cell: string): string[] {
  const lines = cell.replace(/\r\n?/g, "\n").replaceAll("\f", " ").split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1) return [];
  const kept = first === 0 ? lines : lines.slice(first);
  const indent = /^[ \t]*/.exec(kept[0])![0];
  if (indent === "") return kept;
  return kept.map((line) => line.startsWith(indent) ? line.slice(indent.length) : line);
}

/**
 * Returns the body of a cell with a cell magic.
 *
 * @param code the cell as {@linkcode normalizeCell} returns it
 * @returns the body if it is Python, the empty text if it is not, and `undefined` if the cell has no cell magic
 */
export function cellMagicBody(code: string): string | undefined {
  const magic = CELL_MAGIC.exec(code);
  if (magic === null) return undefined;
  return PYTHON_CELL_MAGIC.test(code) ? code.slice(magic[0].length) : "";
}

/**
 * Replaces the lines that only IPython understands. No Python statement begins like them, so call this only for code that does not
 * parse.
 *
 * @param code the cell as {@linkcode normalizeCell} returns it, without its cell magic
 */
export function replaceMagics(code: string): CellSource {
  const replaced: string[] = [];
  const tracker = new StatementTracker();
  let length = 0;
  let isMagic = false;
  let lastMagic = -1;
  let continuesMagic = false;
  for (const line of code.split("\n")) {
    let python = line;
    if (continuesMagic) {
      python = "";
      continuesMagic = line.endsWith("\\");
    } else {
      const statement = tracker.beginsStatement ? line.trimStart() : "";
      const indent = line.slice(0, line.length - statement.length);
      const assigned = ASSIGNED_MAGIC.exec(statement);
      const isLineMagic = ESCAPE.test(statement) || QUESTION.test(statement);
      if (isLineMagic || assigned !== null) {
        isMagic = true;
        continuesMagic = line.endsWith("\\");
        if (isLineMagic) lastMagic = length;
        const prefix = isLineMagic ? PYTHON_LINE_MAGIC.exec(statement)?.[0] : undefined;
        if (prefix !== undefined && !continuesMagic) {
          python = `${indent}${PLACEHOLDER};${statement.slice(prefix.length)}`;
        } else python = indent + (assigned?.[0] ?? "") + PLACEHOLDER;
      } else {
        tracker.pass(line);
      }
    }
    replaced.push(python);
    length += python.length + 1;
  }
  return { code: replaced.join("\n"), isMagic, lastMagic };
}

/** Tracks whether a line begins a statement, or continues one in brackets, in a triple-quoted string or after a backslash. */
export class StatementTracker {
  #depth = 0;
  #quotes: string | undefined;
  #continued = false;

  /** Whether the next line begins a statement. */
  get beginsStatement(): boolean {
    return this.#depth === 0 && this.#quotes === undefined && !this.#continued;
  }

  /** Reads the next line. */
  pass(line: string): void {
    let from = 0;
    if (this.#quotes !== undefined) {
      from = endOfLongString(line, 0, this.#quotes);
      if (from === -1) return;
      this.#quotes = undefined;
    }
    LINE_TOKEN.lastIndex = from;
    let comment = false;
    for (let token = LINE_TOKEN.exec(line); token !== null; token = LINE_TOKEN.exec(line)) {
      const [text] = token;
      if (text === '"""' || text === "'''") {
        const end = endOfLongString(line, LINE_TOKEN.lastIndex, text);
        if (end === -1) {
          this.#quotes = text;
          break;
        }
        LINE_TOKEN.lastIndex = end;
      } else if ("([{".includes(text)) this.#depth += 1;
      else if (")]}".includes(text)) this.#depth = Math.max(0, this.#depth - 1);
      else comment = text.startsWith("#");
    }
    this.#continued = this.#quotes === undefined && !comment && line.endsWith("\\");
  }
}

/** Returns the index behind the end of the triple-quoted string that is open at `from`, or -1 if the line does not close it. */
function endOfLongString(line: string, from: number, quotes: string): number {
  let at = from;
  for (;;) {
    at = line.indexOf(quotes, at);
    if (at === -1) return -1;
    let backslashes = 0;
    while (at - backslashes > from && line[at - backslashes - 1] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return at + quotes.length;
    at += 1;
  }
}
