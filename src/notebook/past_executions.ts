/**
 * SQL for the earlier executions that a model request includes.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import { lastRunBeforeReset } from "./history_reset.ts";

/** A range at the end of the history: at least `atLeast` executions, and up to one `step` more. */
interface HistoryRange {
  atLeast: number;
  step: number;
}

/**
 * The executions that are read: the last 200 to 299 with their outputs, which is more than a request includes, and the last 4,000 to 4,999
 * with their code, for its definitions. The beginning of a range changes only with every hundredth or thousandth execution: a change at
 * the beginning of a conversation invalidates the provider's prompt cache.
 */
export const OUTPUTS: HistoryRange = { atLeast: 200, step: 100 };
/** See {@linkcode OUTPUTS}. */
export const CODE: HistoryRange = { atLeast: 4_000, step: 1_000 };

/** The start of a query, with the execution that is about to begin as `present`. `$queueId` is its request. */
export const PRESENT = "WITH present AS (SELECT ordinal FROM aipythonExecutions WHERE queueId = $queueId)";

/** The condition for executions that the model sees: code that has ended and is not hidden from the AI. */
export const IS_VISIBLE = "past.cellType = 'code' AND past.status IN ('completed', 'failed', 'cancelled') " +
  "AND COALESCE(cells.aiContextVisible, 1) = 1";

/**
 * The earlier executions since the last reset as `past`, with their `cells`.
 *
 * @param bounds an SQL condition on `past.ordinal` and `present.ordinal`
 */
export function pastExecutions(bounds: string): string {
  return `present JOIN aipythonExecutions AS past ON ${bounds} AND past.ordinal > ${lastRunBeforeReset}
            LEFT JOIN cells ON cells.id = past.cellId`;
}

/** The ordinal, as an SQL expression, after which a range begins. */
export function after({ atLeast, step }: HistoryRange): string {
  return `(present.ordinal / ${step}) * ${step} - ${atLeast}`;
}

/** The result as one JSON text, because decoding thousands of rows would delay the model request noticeably. */
export const ExecutionsInJson: Schema.Schema<readonly { executions: string }[]> = Schema.Array(
  Schema.Struct({ executions: Schema.String }),
);
