/**
 * How much is measured.
 *
 * @module
 */

/** How often each thing is done. */
export interface Plan {
  /** Cells with a value a word long. */
  sums: number;
  /** Cells that print so many tokens. */
  prints: { tokens: number; runs: number }[];
  /** Starts of programs that end at once. */
  programs: number;
  /** Starts of agents on notebooks with so many events. */
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
