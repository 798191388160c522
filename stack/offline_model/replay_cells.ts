/**
 * Brings a namespace to the state of a conversation: runs the cells that it has not seen.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import type { KernelProcess } from "./kernel_process.ts";
import type { NamespaceHistory } from "./namespace_history.ts";
import { PythonDiedError, type PythonProcess } from "./python_process.ts";
import { CellRun } from "./run_cell.ts";

/**
 * Milliseconds that an earlier cell may take when it runs again. A cell that takes longer did not end the first time
 * either.
 */
const REPLAY_LIMIT_MS = 5000;

export interface ReplayOptions {
  history: NamespaceHistory;
  process: KernelProcess;
  /** Whether the session can ask a person for input. */
  canAsk: boolean;
  /** Called when a cell has filled the memory of its process, which must then be replaced. */
  onFull(process: PythonProcess, cell: CellTurn): void;
}

/**
 * Runs the cells of the conversation that the namespace has not seen.
 *
 * @param earlier the earlier cells of the conversation, oldest first
 * @returns the process that has run the cells, and their number
 * @throws {PythonDiedError} when Python cannot be started
 * @throws {KernelStoppedError} when the kernel is stopped meanwhile
 */
export async function replayCells(
  earlier: readonly EarlierCell[],
  { history, process: held, canAsk, onFull }: ReplayOptions,
  signal: AbortSignal,
): Promise<[PythonProcess, number]> {
  let replayed = 0;
  for (;;) {
    const process = await held.ensure(signal);
    const cell = signal.aborted ? undefined : history.nextUnseen(earlier);
    if (cell === undefined) return [process, replayed];
    try {
      const run = { ...cell, muted: true, fresh: false, canAsk, answers: cell.answers ?? [] };
      for await (const _ of new CellRun(process, run).follow(REPLAY_LIMIT_MS, signal));
      history.add(cell);
      if (signal.aborted) history.spoil();
      replayed++;
      if (!process.isFull) continue;
      onFull(process, cell);
      replayed = 0;
    } catch (error) {
      if (!(error instanceof PythonDiedError) || held.isStopped) throw error;
      if (error.cellBegun) history.skip(cell);
      replayed = 0;
    }
  }
}
