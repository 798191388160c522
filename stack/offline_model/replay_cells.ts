/**
 * Brings a namespace to where a conversation is: runs the cells again that it has not seen.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import type { KernelProcess } from "./kernel_process.ts";
import type { NamespaceHistory } from "./namespace_history.ts";
import { PythonDiedError, type PythonProcess } from "./python_process.ts";
import { CellRun } from "./run_cell.ts";

/** Milliseconds that an earlier cell may take when it is run again; what takes longer never ended the first time. */
const REPLAY_LIMIT_MS = 5000;

/** Where cells are run again. */
export interface ReplayOptions {
  /** What the namespace has seen. */
  history: NamespaceHistory;
  process: KernelProcess;
  /** Whether the session can ask for input. */
  canAsk: boolean;
  /** Called when a cell has filled the memory of its process, which another one must replace. */
  onFull(process: PythonProcess, cell: CellTurn): void;
}

/**
 * Runs the cells that the namespace has not seen.
 *
 * @param earlier what the conversation tells, oldest first
 * @param signal ends it early
 * @returns the process that has seen them, and how many they were
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
