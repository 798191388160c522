/**
 * Asks a model for one cell of a set, through the core, and measures the time.
 *
 * @module
 */

import type { CellSettings } from "../src/execution/cell_settings.ts";
import { executeCell, type ExecuteCellOptions } from "../src/execution/execute_cell.ts";
import { UsageMeter } from "../src/execution/usage_meter.ts";
import { type Clock, systemClock } from "../src/async/clock.ts";
import type { EvalCell } from "./eval_set.ts";
import type { CellScore } from "./eval_run.ts";
import { ShownOutputs } from "./shown_outputs.ts";

/** The answer of a model, not yet scored. */
export type Answer = Pick<
  CellScore,
  "name" | "actual" | "failure" | "failureKind" | "firstOutputMs" | "durationMs" | "usage"
>;

export interface AskOptions
  extends Partial<CellSettings>, Pick<ExecuteCellOptions, "model" | "systemPrompt" | "budget" | "logger"> {
  /** How long a cell may take before it is interrupted, in milliseconds. */
  cellTimeoutMs: number;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/**
 * Asks for a cell.
 *
 * @param cacheKey the session's key in the provider's prompt cache, and in the offline model
 * @param signal aborts the cell
 * @throws the signal's reason, when it is aborted
 */
export async function askCell(
  { name, code, executionCount, history }: EvalCell,
  { cellTimeoutMs, clock = systemClock, ...options }: AskOptions,
  cacheKey: string,
  signal: AbortSignal,
): Promise<Answer> {
  const late = new AbortController();
  const meter = new UsageMeter();
  const startedAt = clock.now();
  let firstOutputMs: number | undefined;
  let failureKind: Answer["failureKind"];
  const outputs = new ShownOutputs(() => firstOutputMs ??= clock.now() - startedAt);
  const callOff = clock.setTimer(() => late.abort(), cellTimeoutMs);
  try {
    ({ failure: failureKind } = await executeCell({
      ...options,
      context: outputs.context,
      code,
      executionCount,
      history,
      cacheKey,
      meter,
      signal: AbortSignal.any([signal, late.signal]),
    }));
  } catch (error) {
    if (signal.aborted || !late.signal.aborted) throw error;
    failureKind = "late";
  } finally {
    callOff();
  }
  const failure = late.signal.aborted ? `no complete answer within ${cellTimeoutMs / 1000} s` : outputs.failure;
  return {
    name,
    actual: outputs.shown,
    ...(failure !== undefined && { failure, failureKind }),
    ...(firstOutputMs !== undefined && { firstOutputMs }),
    durationMs: clock.now() - startedAt,
    usage: meter.total,
  };
}
