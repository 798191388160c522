/**
 * A notebook's Python, as the server sees it. It runs one cell at a time in a separate process, and rebuilds its
 * state when the process is replaced.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import { KernelProcess, KernelStoppedError } from "./kernel_process.ts";
import { isSameCell, NamespaceHistory } from "./namespace_history.ts";
import type { PythonEvent } from "./protocol.ts";
import { PythonDiedError, type PythonProcess } from "./python_process.ts";
import { replayCells } from "./replay_cells.ts";
import { CellRun } from "./run_cell.ts";
import type { ConversationFile } from "./conversation_files.ts";

/** A cell to run, and the cells that its namespace must have run before it. */
export interface CellRequest {
  /** The cells before it in the conversation, oldest first. */
  earlier: readonly EarlierCell[];
  cell: CellTurn & { files?: readonly ConversationFile[] };
  /** Whether the cell can ask for input. Default: false. */
  canAsk?: boolean;
  /** The answers to the cell's requests for input so far; the last one is new. Default: the cell has not begun. */
  answers?: readonly InputAnswer[];
}

interface WaitingCell {
  run: CellRun;
  cell: CellTurn;
  /** The number of the cell's requests for input that have been answered. */
  answered: number;
}

export interface KernelOptions {
  /** Returns a process that is ready for a cell and has not run any. */
  takeProcess: (signal: AbortSignal) => Promise<PythonProcess>;
  /**
   * Whether a namespace contains only what the request defines. Otherwise it also keeps the state of earlier
   * requests.
   */
  isForgetful: boolean;
  /** Milliseconds that a cell may run before it is interrupted. */
  cellLimitMs: number;
}

/** Consecutive processes that may die before they receive a cell. After that many the cell ends with an error. */
const MAX_STARTS = 3;

/** How often a cell that keeps asking for input is interrupted before its process is ended. */
const MAX_INTERRUPTS = 3;

/** Runs the cells of one notebook in a process. It starts one when it is needed, and replaces one that has died. */
export class Kernel {
  readonly #options: KernelOptions;
  readonly #history = new NamespaceHistory();
  readonly #process: KernelProcess;
  #waiting?: WaitingCell;
  #turn: Promise<unknown> = Promise.resolve();
  #cells = 0;

  constructor(options: KernelOptions) {
    this.#options = options;
    this.#process = new KernelProcess({
      take: options.takeProcess,
      onLost: () => {
        this.#waiting = undefined;
        this.#history.lose();
      },
    });
  }

  /** Whether no cell runs or waits. */
  get isIdle(): boolean {
    return this.#cells === 0;
  }

  get process(): PythonProcess | undefined {
    return this.#process.current;
  }

  /**
   * Runs a cell when its turn has come, and yields its outputs up to its end or to a request for input. When the
   * answer arrives, the cell continues there. If the process has died meanwhile, it first runs again up to that
   * point. The first batch, which may be empty, means that the cell is about to begin. The caller must read to the
   * end, even after an abort.
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
      if (this.#process.isStopped) throw new KernelStoppedError("The offline model was stopped while it ran a cell.");
      if (!signal.aborted) throw error;
    } finally {
      this.#cells--;
      finish();
    }
  }

  /** The id of the process, once it is ready. */
  async pid(): Promise<number> {
    return (await this.#process.ensure()).pid;
  }

  /** Ends the process, if there is one: the state is lost, and rebuilt when a cell needs it. */
  async endProcess(): Promise<void> {
    await this.#process.end();
  }

  /** Ends the process. Cells that run or wait end with a {@linkcode KernelStoppedError}. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#turn;
    await this.endProcess();
  }

  async *#runInTurn(request: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[]> {
    const { earlier, cell, canAsk = false, answers = [] } = request;
    const { isForgetful } = this.#options;
    const history = this.#history;
    const onAbort = () => {
      if (!isForgetful) history.skip(cell);
    };
    const onFull = (process: PythonProcess, full: CellTurn) => this.#replace(process, full);
    const waiting = await this.#takeWaiting(request);
    if (waiting === undefined && answers.length > 0) {
      history.allow(cell);
      if (this.#process.current !== undefined) await this.#forgetAll();
    }
    const fresh = !isForgetful && waiting === undefined && history.isNewConversation(earlier, cell);
    if (fresh) history.clear();
    if (isForgetful && waiting === undefined && !history.isBeginOf(earlier)) await this.#forgetAll();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      if (waiting !== undefined) {
        yield [];
        waiting.answer(answers[answers.length - 1]);
        return yield* this.#followToEnd(waiting, request, signal);
      }
      for (let begun = false, starts = 1; !begun; starts++) {
        const [process, replayed] = await replayCells(
          earlier,
          { history, process: this.#process, canAsk, onFull },
          signal,
        );
        const notice = history.takeLossNotice(replayed);
        yield notice === undefined ? [] : [{ type: "stream", name: "stderr", text: notice }];
        history.add(cell);
        const { executionCount, code, files } = cell;
        const run = { executionCount, code, files, muted: false, partial: false, fresh, canAsk, answers };
        begun = yield* this.#followToEnd(new CellRun(process, run), request, signal, starts === MAX_STARTS);
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /**
   * Yields the outputs of a cell up to its end or to a request for input.
   *
   * @param isLastStart whether to throw, instead of starting another process, if the process died before it received
   * the cell
   * @returns whether the cell has begun
   */
  async *#followToEnd(
    run: CellRun,
    { cell, answers = [] }: CellRequest,
    signal: AbortSignal,
    isLastStart = false,
  ): AsyncGenerator<PythonEvent[], boolean> {
    try {
      yield* run.follow(this.#options.cellLimitMs, signal);
      if (run.isAsking) this.#waiting = { run, cell, answered: answers.length };
      else if (run.process.isFull) this.#replace(run.process, cell);
    } catch (error) {
      if (!(error instanceof PythonDiedError) || this.#process.isStopped) throw error;
      if (!error.cellBegun && !isLastStart) return false; // a process that died before it received the cell has done no harm
      yield [{ type: "call", name: "error", arguments: deadKernel(error) }];
    }
    return true;
  }

  /**
   * Returns the cell that waits for input, if the request has its answer. If the request is another one, the waiting
   * cell is interrupted.
   */
  async #takeWaiting({ cell, answers = [] }: CellRequest): Promise<CellRun | undefined> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined || waiting.run.process.gone) return undefined;
    if (answers.length === waiting.answered + 1 && isSameCell(waiting.cell, cell)) return waiting.run;
    const { run } = waiting;
    try {
      for (let interrupts = 0; run.isAsking && interrupts < MAX_INTERRUPTS; interrupts++) await run.interrupt();
    } catch (error) {
      if (!(error instanceof PythonDiedError)) throw error;
    }
    if (run.isAsking) this.#process.bury(run.process);
    if (!this.#options.isForgetful) this.#history.skip(waiting.cell);
    return undefined;
  }

  /**
   * Frees the memory that a cell has filled. The cell does not run again when the state is rebuilt, because it would
   * fill the memory again.
   */
  #replace(process: PythonProcess, cell: CellTurn): void {
    this.#history.skip(cell);
    this.#process.bury(process);
  }

  /** Replaces the process by a new one. Cells leave more behind than variables: files, changed modules, tasks. */
  async #forgetAll(): Promise<void> {
    this.#history.forget();
    await this.endProcess();
  }
}

function deadKernel(error: PythonDiedError) {
  const ename = "DeadKernelError";
  const evalue = "The offline model's Python died while it ran this cell, and its state was lost.";
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, error.message] };
}
