/**
 * Asks a model for one cell of a set, through the core, and takes the time.
 *
 * @module
 */

import { executeCell, type ExecuteCellOptions } from "../src/execution/execute_cell.ts";
import { UsageMeter } from "../src/execution/usage_meter.ts";
import { type Clock, systemClock } from "../src/async/clock.ts";
import type { EvalCell } from "./eval_set.ts";
import type { CellScore } from "./eval_run.ts";
import { ShownOutputs } from "./shown_outputs.ts";

/** What a model answered, not yet scored. */
export type Answer = Pick<CellScore, "name" | "actual" | "failure" | "firstOutputMs" | "durationMs" | "usage">;

/** How cells are asked for. */
export interface AskOptions extends
  Pick<
    ExecuteCellOptions,
    "model" | "maxHistoryLength" | "includeOutputs" | "reasoning" | "toolMode" | "logger"
  > {
  /** The longest that a cell may take, in milliseconds; it is interrupted then. */
  cellTimeoutMs: number;
  /** The machine's, unless given. */
  clock?: Clock;
}

/**
 * Asks for a cell.
 *
 * @param cell the cell
 * @param options how
 * @param cacheKey names the session for the provider's prompt cache, and for the offline model's namespace
 * @param signal gives up
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
  const outputs = new ShownOutputs(() => firstOutputMs ??= clock.now() - startedAt);
  const callOff = clock.setTimer(() => late.abort(), cellTimeoutMs);
  try {
    await executeCell({
      ...options,
      context: outputs.context,
      code,
      executionCount,
      history,
      cacheKey,
      meter,
      signal: AbortSignal.any([signal, late.signal]),
    });
  } catch (error) {
    if (signal.aborted || !late.signal.aborted) throw error;
  } finally {
    callOff();
  }
  const failure = late.signal.aborted ? `no whole answer within ${cellTimeoutMs / 1000} s` : outputs.failure;
  return {
    name,
    actual: outputs.shown,
    ...(failure !== undefined && { failure }),
    ...(firstOutputMs !== undefined && { firstOutputMs }),
    durationMs: clock.now() - startedAt,
    usage: meter.total,
  };
}
