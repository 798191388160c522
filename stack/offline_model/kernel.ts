/**
 * A notebook's Python as the server sees it: one cell at a time, in a process of its own, whose state outlives the process.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { AIPythonError } from "../../src/errors.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import { NamespaceHistory } from "./namespace_history.ts";
import type { PythonEvent } from "./protocol.ts";
import { PythonDiedError, type PythonProcess } from "./python_process.ts";
import { runCellWithin } from "./run_cell.ts";

/** A cell to run, and the cells that its namespace must have seen before. */
export interface CellRequest {
  /** What the conversation tells of the cells before it, oldest first. */
  earlier: readonly EarlierCell[];
  /** The cell. */
  cell: CellTurn;
}

/** What a kernel needs. */
export interface KernelOptions {
  /**
   * Gives a process that is ready for a cell and has run none.
   *
   * @param signal gives up
   */
  takeProcess: (signal: AbortSignal) => Promise<PythonProcess>;
  /** Whether a namespace holds what a request tells of and nothing else; otherwise it also keeps what it has seen. */
  isForgetful: boolean;
  /** Milliseconds that a cell may run before it is interrupted. */
  cellLimitMs: number;
}

/** The kernel was stopped while it was needed. */
export class KernelStoppedError extends AIPythonError {
  readonly name = "KernelStoppedError";
}

/** Milliseconds that an earlier cell may take when it is run again; what takes longer never ended the first time. */
const REPLAY_LIMIT_MS = 5000;

/** Processes in a row that may be dead before they see a cell; then it is no accident, and the cell ends with an error. */
const MAX_STARTS = 3;

/** Runs the cells of one notebook in a process, which it takes when it needs one and replaces when that has died. */
export class Kernel {
  readonly #options: KernelOptions;
  readonly #history = new NamespaceHistory();
  readonly #stopping = new AbortController();
  #process?: PythonProcess;
  #taken?: Promise<unknown>;
  #burials: Promise<unknown> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  #cells = 0;

  constructor(options: KernelOptions) {
    this.#options = options;
  }

  /** Whether no cell runs or waits. */
  get isIdle(): boolean {
    return this.#cells === 0;
  }

  /** The process, if it has one. */
  get process(): PythonProcess | undefined {
    return this.#process;
  }

  /**
   * Runs a cell when its turn has come, and yields what it puts out. The first batch, which may be empty, says that the
   * cell is about to begin. The caller reads to the end, after an abort too.
   *
   * @param signal interrupts the cell
   * @throws {PythonDiedError} when Python cannot be started
   * @throws {KernelStoppedError} when the kernel is stopped meanwhile
   */
  async *run(request: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[], void, void> {
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const turn = this.#turn;
    this.#turn = finished;
    this.#cells++;
    try {
      await turn;
      if (!signal.aborted) yield* this.#runInTurn(request, signal);
    } catch (error) {
      if (this.#isStopped) throw new KernelStoppedError("The offline model was stopped while it ran a cell.");
      if (!signal.aborted) throw error;
    } finally {
      this.#cells--;
      finish();
    }
  }

  /** The id of the process, once it is ready. */
  async pid(): Promise<number> {
    return (await this.#ensureProcess(this.#stopping.signal)).pid;
  }

  /** Ends the process, if there is one: the state is lost, and rebuilt when a cell needs it. */
  async endProcess(): Promise<void> {
    if (this.#process !== undefined) this.#bury(this.#process);
    await this.#burials;
  }

  /** Ends the process. Cells that run or wait end with a {@linkcode KernelStoppedError}. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.endProcess();
    await this.#turn;
    await this.endProcess();
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async *#runInTurn({ earlier, cell }: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[]> {
    const { isForgetful } = this.#options;
    const history = this.#history;
    const fresh = !isForgetful && history.startsAnew(earlier, cell);
    if (fresh) history.clear();
    if (isForgetful && !history.isBeginOf(earlier)) await this.#forgetAll();
    const onAbort = () => {
      if (!isForgetful) history.skip(cell);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      for (let begun = false, starts = 1; !begun; starts++) {
        const [process, replayed] = await this.#replay(earlier, signal);
        const notice = history.takeLossNotice(replayed);
        yield notice === undefined ? [] : [{ type: "stream", name: "stderr", text: notice }];
        history.add(cell);
        try {
          const run = { ...cell, muted: false, partial: false, fresh };
          yield* runCellWithin(this.#options.cellLimitMs, process, run, signal);
          begun = true;
          if (process.isFull) this.#replace(process, cell);
        } catch (error) {
          if (!(error instanceof PythonDiedError) || this.#isStopped) throw error;
          begun = error.cellBegun || starts === MAX_STARTS; // a process that was dead before it saw the cell has done no harm
          if (begun) yield [{ type: "call", name: "error", arguments: deadKernel(error) }];
        }
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** Runs the cells that the namespace has not seen; returns the process that has seen them, and how many they were. */
  async #replay(earlier: readonly EarlierCell[], signal: AbortSignal): Promise<[PythonProcess, number]> {
    const history = this.#history;
    let replayed = 0;
    for (;;) {
      const process = await this.#ensureProcess(signal);
      const cell = signal.aborted ? undefined : history.nextUnseen(earlier);
      if (cell === undefined) return [process, replayed];
      try {
        const run = { ...cell, muted: true, fresh: false };
        for await (const _ of runCellWithin(REPLAY_LIMIT_MS, process, run, signal));
        history.add(cell);
        if (signal.aborted) history.spoil();
        replayed++;
        if (!process.isFull) continue;
        this.#replace(process, cell);
        replayed = 0;
      } catch (error) {
        if (!(error instanceof PythonDiedError) || this.#isStopped) throw error;
        if (error.cellBegun) history.skip(cell);
        replayed = 0;
      }
    }
  }

  /** Gives back the memory that a cell has filled. It is not run again when the state is rebuilt, as it would fill it again. */
  #replace(process: PythonProcess, cell: CellTurn): void {
    this.#history.skip(cell);
    this.#bury(process);
  }

  /** Lets a new process take over. Cells leave more behind than variables: files, modules that they changed, tasks. */
  async #forgetAll(): Promise<void> {
    this.#history.forget();
    await this.endProcess();
  }

  async #ensureProcess(signal: AbortSignal): Promise<PythonProcess> {
    for (;;) {
      if (this.#isStopped) throw new KernelStoppedError("The offline model is stopped.");
      if (this.#process?.gone) this.#bury(this.#process);
      if (this.#process !== undefined) return this.#process;
      await (this.#taken ??= this.#take(signal));
    }
  }

  async #take(signal: AbortSignal): Promise<void> {
    try {
      const process = await this.#options.takeProcess(AbortSignal.any([signal, this.#stopping.signal]));
      this.#process = process;
      process.exited.then(() => this.#bury(process));
    } finally {
      this.#taken = undefined;
    }
  }

  #bury(process: PythonProcess): void {
    if (this.#process !== process) return;
    this.#process = undefined;
    this.#history.lose();
    this.#burials = Promise.all([this.#burials, process.close()]);
  }
}

function deadKernel(error: PythonDiedError) {
  const ename = "DeadKernelError";
  const evalue = "The offline model's Python died while it ran this cell, and its state was lost.";
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, error.message] };
}
