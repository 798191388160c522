/**
 * A notebook file as a set: each code cell that has run, with the outputs that are recorded below it.
 *
 * @module
 */

import { ConfigurationError } from "../../src/errors.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { ExecutionContext } from "../../src/execution/execution_context.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { foreignLanguage } from "../../src/nbformat/notebook_language.ts";
import { type NotebookFile, NotebookFileError } from "../../src/nbformat/notebook_file.ts";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";
import { analyseCell } from "../../src/python/analyse_cell.ts";
import { counted } from "../../src/terminal/counted.ts";
import type { Shown } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { needsOfCells } from "../golden/cell_needs.ts";
import { ShownOutputs } from "../shown_outputs.ts";
import { ranCells } from "./ran_cells.ts";

/**
 * Reads a set. Its name is the file's name without `.ipynb`.
 *
 * Each cell is asked for after the recorded ones that ran before it. A cell without outputs is expected to show
 * nothing. Cells that have not run, and cells without code, are neither asked for nor part of the history.
 *
 * @param text the file's content, nbformat 2 to 4
 * @param path the file's path, for the name and for messages
 * @throws {ConfigurationError} the file is not a notebook in Python, or none of its code cells has run
 */
export function notebookSet(text: string, path: string): EvalSet {
  const notebook = readFile(text, path);
  const cells = ranCells(notebook.cells);
  const withCode = cells.filter(({ source }) => !analyseCell(source).isEmpty);
  if (withCode.length === 0) throw wrong(`${path} ${whyNone(notebook)}`);
  const needs = needsOfCells(withCode.map(({ source }) => source));
  const history: HistoryEntry[] = [];
  const asked = withCode.map(({ name, source: code, executionCount, outputs }, index): EvalCell => {
    const shown = shownOf(outputs);
    const earlier = history.slice();
    history.push({ executionCount, code, outputs, hasFailed: shown.error !== undefined });
    return {
      name,
      kind: kindOf(shown),
      needs: needs[index],
      code,
      executionCount,
      history: earlier,
      accepted: [shown],
    };
  });
  const name = path.replace(/^.*[\\/]/, "").replace(/\.ipynb$/i, "");
  return { name, cells: asked, notes: notesOf(withCode.map(({ executionCount }) => executionCount), path) };
}

function readFile(text: string, path: string): NotebookFile {
  try {
    const notebook = readNotebook(text);
    const language = foreignLanguage(notebook.metadata);
    if (language === undefined) return notebook;
    throw wrong(`${path} is a notebook in ${language}: expected one in Python, because the model plays IPython`);
  } catch (error) {
    if (!(error instanceof NotebookFileError)) throw error;
    throw wrong(`cannot read ${path}: ${error.message}`);
  }
}

function whyNone({ cells }: NotebookFile): string {
  const code = cells.filter(({ type, source }) => type === "code" && source.trim() !== "").length;
  if (code === 0) return "has no code cells: there is nothing to ask for";
  return `has ${counted(code, "code cell")}, but none with an execution count or an output: ` +
    "run it in Jupyter and save it, because its recorded outputs are what the model is compared with";
}

/**
 * Reports that the file lacks cells that have run. The recording contains their effects, but the model does not see
 * them.
 */
function notesOf(counts: readonly number[], path: string): string[] {
  const missing = Math.max(...counts) - new Set(counts).size;
  if (missing <= 0) return [];
  return [
    `${path}: ${counted(missing, "execution count")} up to ${
      Math.max(...counts)
    } belong to cells that are not in the file, ` +
    "or that were run again: outputs that depend on them cannot be known. Restart the kernel, run all cells and save to avoid this.",
  ];
}

function shownOf(outputs: readonly CellOutput[]): Shown {
  const played = new ShownOutputs();
  // The agent shows nothing after an exception.
  const error = outputs.findIndex(({ type }) => type === "error");
  for (const output of error === -1 ? outputs : outputs.slice(0, error + 1)) show(output, played.context);
  return played.shown;
}

function show(output: CellOutput, context: ExecutionContext): void {
  switch (output.type) {
    case "stream":
      return context[output.name](output.text);
    case "execute_result":
      return context.executeResult(output.data, output.metadata ?? {});
    case "display_data":
      return context.display(output.data, output.metadata ?? {});
    case "error":
      return context.error(output.ename, output.evalue, output.traceback);
  }
}

/** Returns the kind of a cell, by what it shows. */
function kindOf({ stdout, stderr, result, displays, error }: Shown): string {
  if (error !== undefined) return "error";
  if (displays.length > 0) return "rich";
  if (result !== undefined) return Object.keys(result).some((type) => type !== "text/plain") ? "rich" : "expression";
  if (stdout !== "") return "print";
  return stderr === "" ? "silent" : "warning";
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
