/**
 * The regression guard: compares the ratios of one run with the committed ones.
 *
 * @module
 */

import type { Measurement } from "./measurement.ts";

/** Ratios by the ids of their measurements; more is better. */
export type Ratios = Record<string, number>;

/** The share of a ratio that may be lost, because machines differ. */
export const TOLERATED_LOSS = 0.3;

export interface Comparison {
  id: string;
  committed: number;
  /** `undefined` if it was not measured. */
  measured: number | undefined;
  /** The share of the committed ratio that is lost; negative when it has become better. */
  loss: number;
  isRegression: boolean;
}

export function guardedRatios(measurements: readonly Measurement[]): Ratios {
  return Object.fromEntries(
    measurements.flatMap(({ id, guarded }) => guarded === undefined ? [] : [[id, Number(guarded.toPrecision(3))]]),
  );
}

/**
 * Compares a run with the committed ratios. A committed ratio that was not measured is a regression too, because a run
 * without measurements must not pass.
 */
export function compareRatios(committed: Ratios, measured: Ratios): Comparison[] {
  return Object.entries(committed).map(([id, expected]) => {
    const ratio = Object.hasOwn(measured, id) ? measured[id] : undefined;
    const loss = ratio === undefined ? 1 : 1 - ratio / expected;
    const isKept = ratio !== undefined && ratio >= expected * (1 - TOLERATED_LOSS);
    return { id, committed: expected, measured: ratio, loss, isRegression: !isKept };
  });
}
