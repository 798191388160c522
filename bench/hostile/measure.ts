/**
 * Measures one hostile input: an agent of its own, attached to two notebooks, and what the input costs it.
 *
 * @module
 */

import type { SyncServer } from "../../stack/sync_server/start.ts";
import type { HostileCell } from "../../test/support/hostile/hostile_cells.ts";
import { TwoNotebooks } from "../../test/support/hostile/two_notebooks.ts";
import { peakMemory } from "../peak_memory.ts";

/** What an input costs. Times are in milliseconds; what did not happen within 60 s is infinite. */
export interface HostileCost {
  /** From Run until the hostile cell was seen to have ended, without the time in which its answer was held. */
  cellMs: number;
  /** The longest that a cell of the other notebook took meanwhile. */
  otherMs: number;
  /** The most memory that the agent has occupied, in bytes; absent where the system does not tell. */
  peak?: number;
  /** From Ctrl-C in the middle of the same input until the process had ended. */
  exitMs: number;
}

/** Measures. */
export async function measure(server: SyncServer, hostile: HostileCell): Promise<HostileCost> {
  await using two = await TwoNotebooks.open(server);
  await two.plain.next();
  const from = performance.now();
  const cellMs = await two.run(hostile).then(({ ms }) => ms, () => Infinity);
  const waits = two.plain.runs.filter(({ ended }) => ended > from).map(({ begun, ended }) => ended - begun);
  const otherMs = Math.max(...waits, two.plain.waiting);
  let interruptedAt = 0;
  let peak: number | undefined;
  await two.interrupt(hostile, () => {
    peak = peakMemory(two.command.pid);
    interruptedAt = performance.now();
  });
  const exitMs = await two.command.end().then(() => performance.now() - interruptedAt, () => Infinity);
  return { cellMs, otherMs, peak, exitMs };
}
