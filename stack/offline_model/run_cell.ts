/**
 * Runs a cell in a process, and interrupts it when nobody waits for it any more or it takes too long. Waiting for packages takes no time.
 *
 * @module
 */

import type { PythonCell, PythonEvent } from "./protocol.ts";
import type { PythonProcess } from "./python_process.ts";
import { orderStreams } from "./stream_order.ts";

/** Milliseconds that an interrupted cell has to end before its process is killed: C code does not see an interrupt. */
const INTERRUPT_GRACE_MS = 1000;

/** Milliseconds that a cell has, at the least, once it has got packages: to unpack and import the large ones takes several seconds. */
const IMPORT_LIMIT_MS = 60_000;

/**
 * Runs a cell and yields what it puts out.
 *
 * @param limitMs milliseconds after which it is interrupted, which its stderr tells; they count anew when it has got packages
 * @param process where it runs
 * @param cell the cell
 * @param signal interrupts it
 * @throws {PythonDiedError} when the process ends before the cell does
 */
export async function* runCellWithin(
  limitMs: number,
  process: PythonProcess,
  cell: PythonCell,
  signal: AbortSignal,
): AsyncGenerator<PythonEvent[], void, void> {
  const limit = new AbortController();
  let end = performance.now() + limitMs;
  let timer = setTimeout(() => limit.abort(), limitMs);
  const onLoading = async (loading: Promise<boolean>) => {
    clearTimeout(timer);
    const rest = end - performance.now();
    const restMs = await loading ? Math.max(limitMs, IMPORT_LIMIT_MS) : rest;
    if (hasEnded) return;
    end = performance.now() + restMs;
    timer = setTimeout(() => limit.abort(), restMs);
  };
  let hasEnded = false;
  try {
    let isTold = false;
    for await (const events of runCell(process, cell, AbortSignal.any([signal, limit.signal]), onLoading)) {
      if (limit.signal.aborted && !isTold) yield [tooLong(limitMs)];
      isTold = limit.signal.aborted;
      yield events;
    }
  } finally {
    hasEnded = true;
    clearTimeout(timer);
  }
}

async function* runCell(
  process: PythonProcess,
  cell: PythonCell,
  signal: AbortSignal,
  onLoading: (loading: Promise<boolean>) => void,
): AsyncGenerator<PythonEvent[], void, void> {
  const timers: ReturnType<typeof setTimeout>[] = [];
  const interrupt = () => {
    process.interrupt();
    timers.push(
      setTimeout(() => process.interrupt(), INTERRUPT_GRACE_MS / 2), // the first can strike where Python ignores it
      setTimeout(() => process.kill(), INTERRUPT_GRACE_MS),
    );
  };
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    if (!signal.aborted) yield* orderStreams(process.run(cell, onLoading));
  } finally {
    signal.removeEventListener("abort", interrupt);
    timers.forEach(clearTimeout);
  }
}

function tooLong(limitMs: number): PythonEvent {
  const text = `The offline model ends a cell after ${limitMs / 1000} seconds.\n`;
  return { type: "stream", name: "stderr", text };
}
