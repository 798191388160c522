/**
 * The numbers of measurements.
 *
 * @module
 */

/** How often each measurement is repeated. */
export interface Plan {
  /** Cells whose value is one word. */
  sums: number;
  /** Cells that print this many tokens. */
  prints: { tokens: number; runs: number }[];
  /** Starts of programs that end at once. */
  programs: number;
  /** Starts of agents on notebooks with this many events. */
  starts: { events: number; runs: number }[];
}

/** The whole bench: some minutes. */
export const FULL: Plan = {
  sums: 20,
  prints: [{ tokens: 100, runs: 6 }, { tokens: 400, runs: 6 }],
  programs: 15,
  starts: [{ events: 0, runs: 7 }, { events: 1_000, runs: 5 }, { events: 10_000, runs: 3 }],
};

/** The short form: less than a minute. */
export const SHORT: Plan = {
  sums: 6,
  prints: [{ tokens: 100, runs: 3 }],
  programs: 7,
  starts: [{ events: 0, runs: 3 }, { events: 1_000, runs: 3 }],
};
