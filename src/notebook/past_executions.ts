/**
 * Which executions a request tells of, in SQL.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import { lastRunBeforeReset } from "./history_reset.ts";

/** A part of the past: at least so many executions, and up to a step more. */
interface Stretch {
  atLeast: number;
  step: number;
}

/**
 * The executions that are read: of the last 200 to 299 all, more than go out with their outputs, and of the last 4,000 to 4,999 the code,
 * for what it defined. Where each begins changes only with every hundredth or thousandth execution, because whatever changes the
 * beginning of a conversation ends what the model's provider has cached.
 */
export const OUTPUTS: Stretch = { atLeast: 200, step: 100 };
/** See {@linkcode OUTPUTS}. */
export const CODE: Stretch = { atLeast: 4_000, step: 1_000 };

/** Begins a query with the execution that is about to run, as `present`; `$queueId` is its request. */
export const PRESENT = "WITH present AS (SELECT ordinal FROM aipythonExecutions WHERE queueId = $queueId)";

/** Whether an execution of {@linkcode pastExecutions} is told: code that has ended and is not hidden from the AI. */
export const IS_TOLD = "past.cellType = 'code' AND past.status IN ('completed', 'failed', 'cancelled') " +
  "AND COALESCE(cells.aiContextVisible, 1) = 1";

/** Executions since the last reset, as `past`, with their `cells`: those whose ordinals satisfy a condition. */
export function pastExecutions(bounds: string): string {
  return `present JOIN aipythonExecutions AS past ON ${bounds} AND past.ordinal > ${lastRunBeforeReset}
            LEFT JOIN cells ON cells.id = past.cellId`;
}

/** The ordinal after which the executions of a stretch come. */
export function after({ atLeast, step }: Stretch): string {
  return `(present.ordinal / ${step}) * ${step} - ${atLeast}`;
}

/** One JSON text of our own making, because to decode thousands of rows takes longer than the model should be waited for. */
export const ExecutionsInJson: Schema.Schema<readonly { executions: string }[]> = Schema.Array(
  Schema.Struct({ executions: Schema.String }),
);
