/**
 * Measures the cost of one hostile input for a separate agent that is attached to two notebooks.
 *
 * @module
 */

import type { SyncServer } from "../../stack/sync_server/start.ts";
import type { HostileCell } from "../../test/support/hostile/hostile_cells.ts";
import { TwoNotebooks } from "../../test/support/hostile/two_notebooks.ts";
import { peakMemory } from "../peak_memory.ts";

/** Times are in milliseconds, and infinite if the event did not happen within 60 s. */
export interface HostileCost {
  /**
   * The time from Run until the hostile cell was seen as ended, without the time for which its answer was held back.
   */
  cellMs: number;
  /** The longest time that a cell of the other notebook took meanwhile. */
  otherMs: number;
  /** The agent's peak memory, in bytes; absent if the system does not report it. */
  peak?: number;
  /** The time from Ctrl-C in the middle of the same input until the process had ended. */
  exitMs: number;
}

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
