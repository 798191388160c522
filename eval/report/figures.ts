/**
 * Numbers as the reports write them.
 *
 * @module
 */

/** The text for an absent figure. */
export const NO_FIGURE = "–";

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `97.3 %`. Only all are `100.0 %`, and only none are `0.0 %`. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return NO_FIGURE;
  const rounded = Math.round(1000 * part / whole);
  const kept = part === whole || part === 0 ? rounded : Math.min(Math.max(rounded, 1), 999);
  return `${(kept / 10).toFixed(1)} %`;
}

/** For example `0.4 ms`, `412 ms`, `1.24 s`, `12.4 s`, `2 min 5 s`. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return NO_FIGURE;
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 99_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `0.031`; below 0.001 `<0.001`. */
export function probability(value: number): string {
  return value < 0.001 ? "<0.001" : value.toFixed(3);
}

/** The second as a multiple of the first: `×1.25`, `×0.0055`. */
export function ratio(first: number | undefined, second: number | undefined): string {
  if (first === undefined || second === undefined || first === 0) return NO_FIGURE;
  const times = second / first;
  return times > 0 && times < 0.1 ? `×${Number(times.toPrecision(2))}` : `×${times.toFixed(2)}`;
}

/** The difference from the first share to the second, in percentage points: `+3.3`. */
export function points(first: number, second: number, whole: number): string {
  if (whole === 0) return NO_FIGURE;
  const difference = 100 * (second - first) / whole;
  return difference === 0 ? "0.0" : `${difference > 0 ? "+" : "-"}${Math.abs(difference).toFixed(1)}`;
}
