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
 * What a log with holes shows. Where the server was killed, nothing: any promise may have been broken by what it has lost. Otherwise a
 * hole is itself a loss.
 */
export function judgeHoles(verdict: LogVerdict, holes: readonly Hole[], serverWasKilled: boolean): LogVerdict {
  if (holes.length === 0) return verdict;
  if (serverWasKilled) return { ...verdict, lost: [], doubled: [], stuck: [] };
  const lost = holes.map(({ first, last }) => `the log lacks the events ${first} to ${last}`);
  return { ...verdict, lost: [...verdict.lost, ...lost] };
}
