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

export interface TracedExecution {
  /** The cell's code, or the question of an AI cell, as it is sent. */
  code: string;
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** The cells that ran before. The passwords in them are hidden. Default: none. */
  history?: readonly HistoryEntry[];
  model: Model;
  meter: UsageMeter;
  signal: AbortSignal;
}

/**
 * Runs a cell and delivers the record when it has ended in any way. There is no record if the model was not asked and the cell did
 * not fail.
 *
 * @param answer runs the cell with a model that records
 * @throws any error of `answer`
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

/** Returns the passwords of earlier cells, which the model has received. */
function passwordsIn(history: readonly HistoryEntry[]): string[] {
  const inputs = history.flatMap(({ inputs = [] }) => inputs);
  return inputs.flatMap(({ isPassword, answer }) => isPassword && "typed" in answer ? [answer.typed] : []);
}
