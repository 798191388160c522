/**
 * Shows the outputs of a session's cells, and a wait that takes long.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { CellDisplay } from "../../repl/repl.ts";
import type { ShellDisplay } from "../shell/shell_display.ts";

/** The time after which a wait is shown, in milliseconds. */
const SLOW_MS = 1_000;

export interface CellDisplayOptions {
  display: ShellDisplay;
  clock: Pick<Clock, "now">;
  /** Whether the offline model answers, which starts with the first cell. */
  isOffline: boolean;
  /** Cancels the pictures that are being drawn. */
  interrupt(): void;
}

/** Creates a display that shows outputs, and the wait if a cell shows no output for a while. */
export function createCellDisplay({ display, clock, isOffline, interrupt }: CellDisplayOptions): CellDisplay {
  let executionCount = 0;
  let begun: number | undefined;
  let isFirst = true;
  display.track(() => {
    const what = isFirst && isOffline
      ? "starting Python; the first start on a machine takes 10 s"
      : "Ctrl-C interrupts";
    return begun === undefined ? "" : describeWait(what, clock.now() - begun);
  });
  return {
    begin(count) {
      executionCount = count;
      begun = clock.now();
    },
    change(change) {
      isFirst = false;
      display.change(change, { executionCount });
    },
    wait: (reason) => display.wait(reason),
    interrupt,
    async ask() {
      isFirst = false;
      begun = undefined;
      return await display.releaseLine();
    },
    resume() {
      begun = clock.now();
    },
    async end() {
      isFirst = false;
      begun = undefined;
      await display.end();
    },
  };
}

/** Describes a wait and its length: `Ctrl-C interrupts, 3 s`; empty for a short wait. */
export function describeWait(what: string, elapsedMs: number): string {
  return elapsedMs < SLOW_MS ? "" : `${what}, ${Math.floor(elapsedMs / 1000)} s`;
}
