/**
 * Runs a notebook file's cells from top to bottom.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import { isModelFailure } from "../execution/model_failure.ts";
import { type FileCell, tagsOf } from "../nbformat/notebook_file.ts";
import { type OutputChange, updateDisplays } from "./cell_outputs.ts";
import type { InteractiveShell } from "./interactive_shell.ts";

export interface RunningCell {
  cell: FileCell;
  /** Its number among the cells to run, from 1. */
  number: number;
  /** The `n` of `In [n]`. */
  executionCount: number;
}

export interface CellFailure extends RunningCell {
  /** The exception: `ename: evalue`. */
  error: string;
}

/** A timeout for each cell. After it, the cell is interrupted and counts as failed. */
export interface CellTimeout {
  /** The timeout, in seconds. */
  seconds: number;
  clock: Pick<Clock, "setTimer">;
}

export interface NotebookRunOptions {
  /** Whether to continue after a cell that failed. */
  allowErrors: boolean;
  /** Interrupts the running cell, and ends the run. */
  signal: AbortSignal;
  /** The timeout of each cell. Default: no timeout. */
  cellTimeout?: CellTimeout;
  /** Called for each markdown cell, in the order of the notebook. */
  onMarkdown?: (source: string) => void;
  /** Called when a code cell begins. */
  onBegin?: (at: RunningCell) => void;
  /** Called when its outputs have changed. */
  onChange?: (change: OutputChange, at: RunningCell) => void;
  /** Called with the reason when it waits, and without one when it continues. */
  onWait?: (reason?: string) => void;
  /** Called when it has ended. The next cell waits for the promise. */
  onEnd?: (at: RunningCell) => Promise<void> | void;
}

/**
 * A run of cells. As in nbclient, a cell tagged `raises-exception` may raise an exception, and a cell tagged `skip-execution` is not run.
 * If the model fails, the cell has failed even if it has such a tag.
 *
 * A cell keeps its recorded outputs and its count until the model has answered it. An interrupted cell keeps them too. If it had none, it
 * gets the outputs that have arrived.
 */
export class NotebookRun {
  readonly #shell: Pick<InteractiveShell, "executionCount" | "runCell">;
  readonly #options: NotebookRunOptions;
  readonly #given: readonly FileCell[];
  readonly #cells: FileCell[];
  /** The indexes of the cells that have new outputs. */
  readonly #renewed = new Set<number>();
  readonly #failures: CellFailure[] = [];
  #done = 0;
  #isInterrupted = false;
  #isAnswered = false;

  /** @param cells all cells of the notebook */
  constructor(
    shell: Pick<InteractiveShell, "executionCount" | "runCell">,
    cells: readonly FileCell[],
    options: NotebookRunOptions,
  ) {
    this.#shell = shell;
    this.#options = options;
    this.#given = cells;
    this.#cells = [...cells];
  }

  /** The current cells: those that were answered have their new outputs, and all others are unchanged. */
  get cells(): readonly FileCell[] {
    return this.#cells;
  }

  /** The number of cells to run. */
  get total(): number {
    return this.#given.filter(isToRun).length;
  }

  /** The number of cells that have run, including failed ones. */
  get done(): number {
    return this.#done;
  }

  /** The cells that failed, in order. An interrupted cell has not failed. */
  get failures(): readonly CellFailure[] {
    return this.#failures;
  }

  /** Whether the model has answered a cell, with at least a part of an output. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Whether some cells to run have kept their old outputs. */
  get isPartial(): boolean {
    return this.#renewed.size < this.total;
  }

  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Runs the cells. Resolves at the end, at the first failure if errors are not allowed, or when the run is interrupted. */
  async run(): Promise<void> {
    const { allowErrors, signal, onMarkdown } = this.#options;
    for (const [index, cell] of this.#given.entries()) {
      if (signal.aborted || (this.#failures.length > 0 && !allowErrors)) return;
      if (cell.type === "markdown") onMarkdown?.(cell.source);
      if (isToRun(cell)) await this.#runCell(cell, index);
    }
  }

  async #runCell(cell: FileCell, index: number): Promise<void> {
    const { signal, cellTimeout, onBegin, onChange, onWait, onEnd } = this.#options;
    const late = new AbortController();
    const cancelTimer = cellTimeout?.clock.setTimer(
      () => late.abort(new Error("the cell took too long")),
      cellTimeout.seconds * 1_000,
    );
    const at = { cell, number: this.#done + 1, executionCount: this.#shell.executionCount };
    onBegin?.(at);
    const { status, error, executionCount, outputs } = await this.#shell.runCell(cell.source, {
      signal: AbortSignal.any([signal, late.signal]),
      onWait,
      onChange: (change) => {
        if (change.type === "updated") {
          for (const renewed of this.#renewed) {
            updateDisplays(this.#cells[renewed].outputs, change.displayId, change.output);
          }
        }
        onChange?.(change, at);
      },
    }).finally(cancelTimer);
    this.#done += 1;
    const isCut = status === "interrupted";
    const isLate = isCut && !signal.aborted;
    this.#isInterrupted = isCut && !isLate;
    const isAnswered = !outputs.some(isModelFailure);
    if (isAnswered && !(isCut && cell.outputs.length > 0)) {
      this.#cells[index] = {
        ...cell,
        executionCount,
        outputs: tagsOf(cell).includes("remove-output") ? [] : [...outputs],
      };
      this.#renewed.add(index);
      // The KeyboardInterrupt at the end of an interrupted cell does not come from the model.
      this.#isAnswered ||= outputs.length > (isCut ? 1 : 0) || status === "success";
    }
    if (isLate) {
      this.#failures.push({ ...at, error: `CellTimeoutError: it took longer than ${cellTimeout?.seconds} s` });
    }
    if (status === "error" && !mayRaise(cell, outputs)) this.#failures.push({ ...at, error: error ?? "" });
    await onEnd?.(at);
  }
}

function isToRun(cell: FileCell): boolean {
  return cell.type === "code" && !tagsOf(cell).includes("skip-execution") && cell.source.trim() !== "";
}

function mayRaise(cell: FileCell, outputs: readonly CellOutput[]): boolean {
  return tagsOf(cell).includes("raises-exception") && !outputs.some(isModelFailure);
}
