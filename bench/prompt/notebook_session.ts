/**
 * A notebook that grows while a person works in it. It has cells of code, some of which read uploaded files or raise
 * an exception. Between them are AI cells, which ask about a file or a function, or for a fix of an exception.
 *
 * @module
 */

import type { NotebookCell } from "../../src/assistant/notebook_cell.ts";
import type { CellFile } from "../../src/execution/cell_file.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { fixQuestion } from "../../test/support/fix_question.ts";
import { sessionWithFiles } from "./session_files.ts";

/**
 * Every tenth cell defines a function that an AI cell asks about, and every twentieth reads a file that one asks
 * about.
 */
const FUNCTION = { every: 10, at: 4 };
const FILE = { every: 20, at: 10 };

/**
 * Returns the cells of a notebook from its top, in the order in which they run, each with its outputs.
 *
 * @param codeCells how many cells of code it has; there are a quarter as many AI cells between them
 */
export function notebookSession(codeCells: number): NotebookCell[] {
  return sessionWithFiles(codeCells).flatMap((entry) => [codeCell(entry), ...questionBehind(entry)]);
}

function codeCell({ code, outputs, executionCount, files }: HistoryEntry): NotebookCell {
  return { cellType: "code", source: code, outputs, executionCount, files };
}

function questionBehind({ executionCount: n, code, outputs, files: [file] = [] }: HistoryEntry): NotebookCell[] {
  const error = outputs.find((output) => output.type === "error");
  if (error !== undefined) return [aiCell(fixQuestion(error), fixOf(code))];
  if (n % FUNCTION.every === FUNCTION.at) return [aiCell(`What is area_${n} good for?`, explanationOf(n))];
  if (n % FILE.every !== FILE.at || file === undefined) return [];
  return [aiCell(`Which columns of ${file.name} are worth a plot?`, columnsOf(n), [file])];
}

function aiCell(source: string, answer: string, files?: CellFile[]): NotebookCell {
  return { cellType: "ai", source, outputs: [{ type: "display_data", data: { "text/markdown": answer } }], files };
}

function fixOf(code: string): string {
  return `The width is negative, which the function refuses. Call it with the width that you mean:\n\n` +
    `\`\`\`python\n${code.replace("-1", "1")}\n\`\`\``;
}

function explanationOf(n: number): string {
  return `\`area_${n}(width, height=${n})\` multiplies its two arguments: it is the **area of a rectangle**.\n\n` +
    `- The height need not be given; without it, it is ${n}.\n` +
    "- A negative width raises a `ValueError`; a negative height does not, which you may want to check too.";
}

function columnsOf(n: number): string {
  return "`price` is the only measure, and `city` what to group it by:\n\n" +
    `\`\`\`python\ntable_0.groupby("city").price.mean().plot.bar()\nplt.title("prices after cell ${n}")\n\`\`\`\n\n` +
    "The table is simulated from its first and last lines, so do not trust the means.";
}
