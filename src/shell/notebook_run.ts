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

/** A limit on the time of each cell, after which it is interrupted and has failed. */
export interface CellTimeout {
  /** In seconds. */
  seconds: number;
  clock: Pick<Clock, "setTimer">;
}

/** How a run goes, and who is told of it. */
export interface NotebookRunOptions {
  /** Goes on after a cell that has failed. */
  allowErrors: boolean;
  /** Interrupts the cell that is running, and runs no further one. */
  signal: AbortSignal;
  /** How long a cell may take. Default: as long as it likes. */
  cellTimeout?: CellTimeout;
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
 * A run of cells. As for nbclient, a cell tagged `raises-exception` may raise one, and a cell tagged `skip-execution` is not run. A cell
 * whose model has failed has failed, whatever its tags.
 *
 * What the run did not make stays: a cell keeps its recorded outputs and its count until it is answered. An interrupted cell keeps them
 * too; without any it shows what has arrived.
 */
export class NotebookRun {
  readonly #shell: Pick<InteractiveShell, "executionCount" | "runCell">;
  readonly #options: NotebookRunOptions;
  readonly #given: readonly FileCell[];
  readonly #cells: FileCell[];
  /** The cells that have new outputs, by their index. */
  readonly #renewed = new Set<number>();
  readonly #failures: CellFailure[] = [];
  #done = 0;
  #isInterrupted = false;
  #isAnswered = false;

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
    this.#cells = [...cells];
  }

  /** The cells as they stand now: those that were answered with their new outputs, and all others as they were given. */
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

  /** Whether the model has answered a cell, at least with the beginning of an output. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Whether some cells that are to run have kept what they had. */
  get isPartial(): boolean {
    return this.#renewed.size < this.total;
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
      // An interrupted cell ends in a KeyboardInterrupt, which is not the model's.
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
