/**
 * Numbers that an event log lacks. The sync server writes its head before its rows: killed in between, it has lost events that it had
 * confirmed, and no client can bring them back.
 *
 * @module
 */

import type { LogVerdict } from "./check_log.ts";
import type { LoggedEvent } from "./read_log.ts";

/** A run of numbers without an event. */
export interface Hole {
  first: number;
  last: number;
}

/** Finds the numbers that a log, read from its beginning, lacks. */
export function holesIn(log: readonly Pick<LoggedEvent, "seqNum">[]): Hole[] {
  return log.flatMap(({ seqNum }, index) => {
    const expected = (log[index - 1]?.seqNum ?? 0) + 1;
    return seqNum > expected ? [{ first: expected, last: seqNum - 1 }] : [];
  });
}

/**
 * Whether the broken promises of a round may come from what the server has lost, so that the round shows nothing: it was killed, its log
 * has holes, and something is wrong.
 */
export function isServersLoss(verdict: LogVerdict, holes: readonly Hole[], serverWasKilled: boolean): boolean {
  const { lost, doubled, stuck } = verdict;
  return serverWasKilled && holes.length > 0 && lost.length + doubled.length + stuck.length > 0;
}

/** What a log with holes shows. Where the server was not killed, a hole is itself a loss. */
export function judgeHoles(verdict: LogVerdict, holes: readonly Hole[], serverWasKilled: boolean): LogVerdict {
  if (isServersLoss(verdict, holes, serverWasKilled)) return { ...verdict, lost: [], doubled: [], stuck: [] };
  if (serverWasKilled) return verdict;
  const lost = holes.map(({ first, last }) => `the log lacks the events ${first} to ${last}`);
  return { ...verdict, lost: [...verdict.lost, ...lost] };
}
