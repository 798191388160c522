/**
 * Runs a cell and records its exchange with the model.
 *
 * @module
 */

import type { HistoryEntry } from "../history_entry.ts";
import type { Model } from "../model.ts";
import type { UsageMeter } from "../usage_meter.ts";
import { CellRecorder, type CellTracing, type RecordedEnd } from "./cell_recorder.ts";
import { TracedModel } from "./traced_model.ts";

/** The cell, and who answers it. */
export interface TracedExecution {
  /** The cell's code, or the question of an AI cell, as it is sent. */
  code: string;
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** What was executed before, whose passwords are hidden. Default: nothing. */
  history?: readonly HistoryEntry[];
  model: Model;
  /** Counts the cost. */
  meter: UsageMeter;
  /** Interrupts the cell. */
  signal: AbortSignal;
}

/**
 * Runs a cell, and hands the record over when it has ended, however it ended. A cell for which the model was not asked, and that did
 * not fail, has no record.
 *
 * @param answer runs it with a model that is recorded
 * @throws what that throws
 */
export async function traceCell<Result extends RecordedEnd & { status: string }>(
  { code, executionCount, history = [], model, meter, signal }: TracedExecution,
  tracing: CellTracing,
  answer: (model: Model, recorder: CellRecorder) => Promise<Result>,
): Promise<Result> {
  const recorder = new CellRecorder({
    tracing,
    executionCount,
    code,
    model: model.name,
    meter,
    passwords: passwordsIn(history),
  });
  try {
    const result = await answer(new TracedModel(model, recorder), recorder);
    if (recorder.hasAsked || result.status === "error") recorder.end(result);
    return result;
  } catch (thrown) {
    recorder.end({ thrown, isInterrupted: signal.aborted });
    throw thrown;
  }
}

/** What was typed for passwords of earlier cells, which the model has been told. */
function passwordsIn(history: readonly HistoryEntry[]): string[] {
  const inputs = history.flatMap(({ inputs = [] }) => inputs);
  return inputs.flatMap(({ isPassword, answer }) => isPassword && "typed" in answer ? [answer.typed] : []);
}
