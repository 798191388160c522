/**
 * Runs a notebook file's cells from top to bottom.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import { isModelFailure } from "../execution/model_failure.ts";
import { type FileCell, tagsOf } from "../nbformat/notebook_file.ts";
import { type OutputChange, updateDisplays } from "./cell_outputs.ts";
import type { InteractiveShell } from "./interactive_shell.ts";

/** A code cell on its way. */
export interface CellUnderWay {
  /** The cell, as the file has it. */
  cell: FileCell;
  /** Its number among the cells that are run, from 1. */
  number: number;
  /** The `n` of `In [n]`. */
  executionCount: number;
}

/** A code cell that failed. */
export interface CellFailure extends CellUnderWay {
  /** The exception, as `ename: evalue`. */
  error: string;
}

/** How a run goes, and who is told of it. */
export interface NotebookRunOptions {
  /** Goes on after a cell that has failed. */
  allowErrors: boolean;
  /** Interrupts the cell that is running, and runs no further one. */
  signal: AbortSignal;
  /** A markdown cell's turn has come. */
  onMarkdown?: (source: string) => void;
  /** A code cell begins. */
  onBegin?: (at: CellUnderWay) => void;
  /** Something of its outputs has changed. */
  onChange?: (change: OutputChange, at: CellUnderWay) => void;
  /** It waits, for a reason, or goes on. */
  onWait?: (reason?: string) => void;
  /** It has ended; the next cell waits for what is returned. */
  onEnd?: (at: CellUnderWay) => Promise<void> | void;
}

/**
 * A run of cells. As for nbclient, a cell tagged `raises-exception` may raise one, and a cell tagged `skip-execution` is not run and
 * stays as it is. A cell whose model has failed has failed, whatever its tags.
 */
export class NotebookRun {
  readonly #shell: Pick<InteractiveShell, "executionCount" | "runCell">;
  readonly #options: NotebookRunOptions;
  readonly #given: readonly FileCell[];
  readonly #cells: FileCell[];
  readonly #failures: CellFailure[] = [];
  #done = 0;
  #isInterrupted = false;

  /**
   * @param shell runs them
   * @param cells all cells of the notebook
   */
  constructor(
    shell: Pick<InteractiveShell, "executionCount" | "runCell">,
    cells: readonly FileCell[],
    options: NotebookRunOptions,
  ) {
    this.#shell = shell;
    this.#options = options;
    this.#given = cells;
    this.#cells = cells.map((cell) => isLeftAlone(cell) ? cell : withoutOutputs(cell));
  }

  /** The cells as they stand now: with the outputs of those that have run, and without any of those that have not. */
  get cells(): readonly FileCell[] {
    return this.#cells;
  }

  /** How many cells there are to run. */
  get total(): number {
    return this.#given.filter(isToRun).length;
  }

  /** How many of them have run, failed ones included. */
  get done(): number {
    return this.#done;
  }

  /** The cells that have failed, in order; an interrupted one has not. */
  get failures(): readonly CellFailure[] {
    return this.#failures;
  }

  /** Whether a cell was interrupted. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Runs the cells; resolves at the end, after a failure unless these are allowed, or when the run is interrupted. */
  async run(): Promise<void> {
    const { allowErrors, signal, onMarkdown } = this.#options;
    for (const [index, cell] of this.#given.entries()) {
      if (signal.aborted || (this.#failures.length > 0 && !allowErrors)) return;
      if (cell.type === "markdown") onMarkdown?.(cell.source);
      if (isToRun(cell)) await this.#runCell(cell, index);
    }
  }

  async #runCell(cell: FileCell, index: number): Promise<void> {
    const { signal, onBegin, onChange, onWait, onEnd } = this.#options;
    const at = { cell, number: this.#done + 1, executionCount: this.#shell.executionCount };
    onBegin?.(at);
    const { status, error, executionCount, outputs } = await this.#shell.runCell(cell.source, {
      signal,
      onWait,
      onChange: (change) => {
        if (change.type === "updated") {
          for (const { outputs } of this.#cells) updateDisplays(outputs, change.displayId, change.output);
        }
        onChange?.(change, at);
      },
    });
    this.#cells[index] = { ...cell, executionCount, outputs: [...outputs] };
    this.#done += 1;
    this.#isInterrupted = status === "interrupted";
    if (status === "error" && !mayRaise(cell, outputs)) this.#failures.push({ ...at, error: error ?? "" });
    await onEnd?.(at);
  }
}

function isLeftAlone(cell: FileCell): boolean {
  return cell.type !== "code" || tagsOf(cell).includes("skip-execution");
}

function isToRun(cell: FileCell): boolean {
  return !isLeftAlone(cell) && cell.source.trim() !== "";
}

function mayRaise(cell: FileCell, outputs: readonly CellOutput[]): boolean {
  return tagsOf(cell).includes("raises-exception") && !outputs.some(isModelFailure);
}

function withoutOutputs({ executionCount: _, ...cell }: FileCell): FileCell {
  return { ...cell, outputs: [] };
}
