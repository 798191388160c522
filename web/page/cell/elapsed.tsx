/**
 * The run time of a cell.
 *
 * @module
 */

import { useEffect, useState } from "react";

/** The interval at which the time of a running cell is updated, in milliseconds. */
const TICK_MS = 100;

export interface ElapsedProps {
  /** The start of the run, if the cell is running. */
  startedAt?: Date;
  durationMs: number | null;
}

/** Renders the time, or nothing if there is none. */
export function Elapsed({ startedAt, durationMs }: ElapsedProps) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (startedAt === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt?.getTime()]);
  const elapsed = startedAt === undefined ? durationMs : Math.max(0, now - startedAt.getTime());
  return elapsed === null ? null : <span className="elapsed">{formatDuration(elapsed)}</span>;
}

/** For example `0.3 s`, `12.0 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  const tenths = Math.round(ms / 100) / 10;
  if (tenths < 60) return `${tenths.toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
