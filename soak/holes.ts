/**
 * Finds numbers that an event log lacks. The sync server writes its head before its rows. If it is killed in between,
 * it loses events that it had confirmed, and no client can restore them.
 *
 * @module
 */

import type { LogVerdict } from "./check_log.ts";
import type { LoggedEvent } from "./read_log.ts";

/** Consecutive numbers without an event. */
export interface Hole {
  first: number;
  last: number;
}

export function holesIn(log: readonly Pick<LoggedEvent, "seqNum">[]): Hole[] {
  return log.flatMap(({ seqNum }, index) => {
    const expected = (log[index - 1]?.seqNum ?? 0) + 1;
    return seqNum > expected ? [{ first: expected, last: seqNum - 1 }] : [];
  });
}

/**
 * Whether the server's loss of events may explain the broken promises of a round: the server was killed, its log has
 * holes, and a promise is broken. The round then has no result.
 */
export function isServersLoss(verdict: LogVerdict, holes: readonly Hole[], serverWasKilled: boolean): boolean {
  const { lost, doubled, stuck } = verdict;
  return serverWasKilled && holes.length > 0 && lost.length + doubled.length + stuck.length > 0;
}

/** Judges a log with holes. If the server was not killed, a hole itself counts as a loss. */
export function judgeHoles(verdict: LogVerdict, holes: readonly Hole[], serverWasKilled: boolean): LogVerdict {
  if (isServersLoss(verdict, holes, serverWasKilled)) return { ...verdict, lost: [], doubled: [], stuck: [] };
  if (serverWasKilled) return verdict;
  const lost = holes.map(({ first, last }) => `the log lacks the events ${first} to ${last}`);
  return { ...verdict, lost: [...verdict.lost, ...lost] };
}
