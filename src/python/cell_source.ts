/**
 * What IPython makes of a cell before Python reads it: magics, shell commands and questions about objects are taken out.
 *
 * @module
 */

import { stripPrompts } from "./strip_prompts.ts";

/** A cell whose magics have become Python that does nothing, so that what remains can be parsed. */
export interface CellSource {
  /** Python of as many lines as the cell has after its leading blank lines and its cell magic. */
  code: string;
  /** Whether the cell has magics, shell commands, questions about objects (`obj?`) or escaped calls (`/f x`). */
  isMagic: boolean;
  /** Where in `code` the last line begins that was one of those as a whole; -1 if none was. */
  lastMagic: number;
}

/** Stands for a magic: a name is a statement, a value, and nothing that is worth a thought. */
export const PLACEHOLDER = "__magic__";

/** The magics whose line or cell is Python (IPython: "Built-in magic commands"). */
const PYTHON_MAGIC = "(?:time|timeit|prun|capture)";

const CELL_MAGIC = /^%%(\w*)[^\n]*(?:\n|$)/;
const PYTHON_CELL_MAGIC = new RegExp(`^%%${PYTHON_MAGIC}\\b`);

/** `%time` or `%timeit -n 10`; what follows is Python. */
const PYTHON_LINE_MAGIC = new RegExp(`^%${PYTHON_MAGIC}\\b(?:[ \\t]+-\\w+(?:[ \\t]+\\d+\\b)?)*[ \\t]+(?=\\S)`);

/** The characters that begin an escaped line in IPython: magic, shell, help, and the three kinds of calls without parentheses. */
const ESCAPE = /^[%!?,;/]/;

/** `obj?`, `obj.name??`, `%magic?` and `*pattern*?`. */
const QUESTION = /^[%\w*.[\]-]+\?\??[ \t]*$/;

/** The first `=` of a statement and `%magic` or `!command` after it. */
const ASSIGNED_MAGIC = /^[^=#'"]*=[ \t]*(?=[%!][^=])/;

/** What a line contains that decides whether the next one begins a statement. */
const LINE_TOKEN = /#.*|"""|'''|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[()[\]{}]/g;

/** What a copied prompt has in it. */
const PROMPT_PART = />>>|\.\.\.|In\W/;

/**
 * Brings a cell's text to `\n`, without leading blank lines, without the indentation that all of it shares with its first line, and
 * without the prompts of a session that it was copied from.
 *
 * @param cell the cell's code as it was typed
 */
export function normalizeCell(cell: string): string {
  return stripPrompts(linesOf(cell)).join("\n");
}

/**
 * The code that runs: without the prompts of a session that it was copied from. Code without prompts stays as it was typed.
 *
 * @param cell the cell's code as it was typed
 */
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
 * Separates a cell magic from its body.
 *
 * @param code the cell as {@linkcode normalizeCell} returns it
 * @returns the body if it is Python, the empty text if it is something else, and `undefined` if there is no cell magic
 */
export function cellMagicBody(code: string): string | undefined {
  const magic = CELL_MAGIC.exec(code);
  if (magic === null) return undefined;
  return PYTHON_CELL_MAGIC.test(code) ? code.slice(magic[0].length) : "";
}

/**
 * Replaces the lines that only IPython understands. Python never has such lines at the beginning of a statement, so this is asked
 * only of code that does not parse.
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

/** Where a reader of lines is: between statements, or in brackets, in a long string, or after a backslash. */
export class StatementTracker {
  #depth = 0;
  #quotes: string | undefined;
  #continued = false;

  /** Whether the next line begins a statement. */
  get beginsStatement(): boolean {
    return this.#depth === 0 && this.#quotes === undefined && !this.#continued;
  }

  /** Passes a line of Python. */
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

/** Where the text goes on after a long string that is open at `from`; -1 if the line does not end it. */
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
