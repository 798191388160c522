/**
 * One line of the bench's table: what the agent took, what something else in the same run took, and what it may take.
 *
 * @module
 */

/** What a number is. */
export type Unit = "ms" | "count" | "bytes" | "share";

/** Something measured. */
export interface Measurement {
  /** Its name in the file of ratios. */
  id: string;
  /** What it is, for people. */
  title: string;
  unit: Unit;
  ours: number;
  /** What was measured beside it: of the baseline agent, unless the title says otherwise. */
  beside?: number;
  /** Whether more is better; less is, unless given. */
  more?: true;
  /** What is promised. */
  limit?: {
    /** The worst that `ours` may be. */
    value: number;
    /** Where that comes from, unless it is fixed: `hop + 5 ms`. */
    from?: string;
  };
  /**
   * How much better than something in the same run it is: what {@linkcode compareRatios} watches. Absent where that would tell more
   * about the machine than about the agent.
   */
  guarded?: number;
}

/** How many times better than what was measured beside it; `undefined` where there is nothing beside. */
export function ratioOf({ ours, beside, more }: Measurement): number | undefined {
  if (beside === undefined) return undefined;
  return more ? ours / beside : beside / ours;
}

/** Whether the promise is kept; `undefined` where there is none. */
export function isKept({ ours, limit, more }: Measurement): boolean | undefined {
  if (limit === undefined) return undefined;
  return more ? ours >= limit.value : ours <= limit.value;
}
