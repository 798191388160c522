/**
 * One line of the bench's table: the agent's value, a value for comparison from the same run, and the limit.
 *
 * @module
 */

export type Unit = "ms" | "count" | "bytes" | "share";

export interface Measurement {
  /** The name in the file of ratios. */
  id: string;
  title: string;
  unit: Unit;
  ours: number;
  /** The value for comparison. Default: that of the baseline agent; the title names any other. */
  beside?: number;
  /** Whether more is better. Default: less is better. */
  more?: true;
  limit?: {
    /** The worst value that `ours` may have. */
    value: number;
    /** The origin of a limit that is not fixed, such as `hop + 5 ms`. */
    from?: string;
  };
  /**
   * How much better the value is than another one of the same run. {@linkcode compareRatios} checks this ratio. Absent
   * if it would depend more on the machine than on the agent.
   */
  guarded?: number;
}

/** Returns how many times better it is than the value for comparison; `undefined` without one. */
export function ratioOf({ ours, beside, more }: Measurement): number | undefined {
  if (beside === undefined) return undefined;
  return more ? ours / beside : beside / ours;
}

/** Returns whether the promise is kept; `undefined` without a promise. */
export function isKept({ ours, limit, more }: Measurement): boolean | undefined {
  if (limit === undefined) return undefined;
  return more ? ours >= limit.value : ours <= limit.value;
}
