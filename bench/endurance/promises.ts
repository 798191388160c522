/**
 * The promises about a long session, and whether they were kept.
 *
 * @module
 */

import type { EnduranceReport } from "./endure.ts";
import type { VitalSigns } from "./vital_signs.ts";
import { COMPLETED_IN_CYCLE } from "./workload.ts";

export interface KeptPromise {
  /** The promise, in words. */
  promise: string;
  /** The measured value, in words. */
  measured: string;
  kept: boolean;
}

/** The largest growth of held memory between the first and the last reading, in bytes. */
const MAX_GROWTH = 20e6;
/** How much slower the last cells may be than the first. */
const MAX_SLOWDOWN = 1.2;
/** The longest time between two renewals of the session, in milliseconds: the time for which a renewal is valid. */
const MAX_RENEWAL_GAP_MS = 30_000;

/** The memory that a process holds, in bytes. The rest of its resident memory is kept or released by the allocators. */
export function heldMemory({ heapUsed, external, wasm }: VitalSigns): number {
  return heapUsed + external + wasm;
}

/** The promises that do not depend on how fast the machine is. */
export function lastingPromises({ readings, exitCode }: EnduranceReport): KeptPromise[] {
  const [first, last] = [readings[0].signs, readings.at(-1)!.signs];
  const growth = heldMemory(last) - heldMemory(first);
  const same = (["timers", "abortListeners", "fibers", "openFiles"] as const).map((name): KeptPromise => ({
    promise: `${name} not more than at the first reading`,
    measured: `${first[name]} -> ${last[name]}`,
    kept: last[name] <= first[name],
  }));
  return [
    { promise: "memory held grows by less than 20 MB", measured: `${inMB(growth)} MB`, kept: growth < MAX_GROWTH },
    ...same,
    { promise: "the agent ends without an error", measured: `exit code ${exitCode}`, kept: exitCode === 0 },
  ];
}

/** Leaves out the first cycle of cells, which warms everything up. */
export function timelyPromises({ latencies, renewals, durationMs }: EnduranceReport): KeptPromise[] {
  const first = median(latencies.slice(COMPLETED_IN_CYCLE, 2 * COMPLETED_IN_CYCLE));
  const last = median(latencies.slice(-COMPLETED_IN_CYCLE));
  const gap = Math.max(...[...renewals, durationMs].map((at, index) => at - (renewals[index - 1] ?? 0)));
  return [
    {
      promise: "the last ten cells as fast as the first ten, within 20 %",
      measured: `${first.toFixed(0)} -> ${last.toFixed(0)} ms`,
      kept: last <= first * MAX_SLOWDOWN,
    },
    {
      promise: "the session renewed at least every 30 s",
      measured: `${renewals.length} times, at most ${(gap / 1000).toFixed(1)} s apart`,
      kept: gap <= MAX_RENEWAL_GAP_MS,
    },
  ];
}

export function inMB(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
