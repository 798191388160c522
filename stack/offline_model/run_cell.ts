/**
 * Runs a cell in a process. Interrupts it when its request is aborted or its time limit is over. Time spent waiting
 * for packages does not count.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { PythonCell, PythonEvent } from "./protocol.ts";
import type { PythonProcess } from "./python_process.ts";
import { orderStreams } from "./stream_order.ts";

/** Milliseconds after an interrupt until the process is killed: C code does not notice an interrupt. */
const INTERRUPT_GRACE_MS = 1000;

/**
 * The least number of milliseconds that a cell has after it received packages: unpacking and importing large ones
 * takes several seconds.
 */
const IMPORT_LIMIT_MS = 60_000;

/** A run of a cell. It stops at each request for input and continues when that is answered. */
export class CellRun {
  readonly process: PythonProcess;
  readonly #batches: AsyncGenerator<PythonEvent[], void, void>;
  #onLoading = (_loading: Promise<boolean>): void => {};
  #hasBegun = false;
  #isAsking = false;

  constructor(process: PythonProcess, cell: PythonCell) {
    this.process = process;
    this.#batches = orderStreams(process.run(cell, (loading) => this.#onLoading(loading)));
  }

  /** Whether the cell waits for input. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Answers the cell's request for input. Call {@linkcode CellRun.follow} to continue. */
  answer(answer: InputAnswer): void {
    this.#isAsking = false;
    this.process.answer(answer);
  }

  /**
   * Interrupts the cell while it waits for input. Its outputs are discarded.
   *
   * @throws {PythonDiedError} when the cell does not end and its process is ended
   */
  async interrupt(): Promise<void> {
    this.#isAsking = false;
    for await (const _ of this.follow(INTERRUPT_GRACE_MS, AbortSignal.abort()));
  }

  /**
   * Begins or continues the cell. Yields its outputs until it ends or asks for input; that request is yielded last. The
   * cell does not begin if the signal is already aborted. The caller must read to the end.
   *
   * @param limitMs milliseconds after which the cell is interrupted, with a message on stderr. They start again from
   *   zero when it received packages
   * @throws {PythonDiedError} when the process ends before the cell does
   */
  async *follow(limitMs: number, signal: AbortSignal): AsyncGenerator<PythonEvent[], void, void> {
    if (signal.aborted && !this.#hasBegun) return;
    this.#hasBegun = true;
    using limit = new TimeLimit(limitMs);
    this.#onLoading = (loading) => void limit.pauseFor(loading);
    using _ = this.#interruptWhen(AbortSignal.any([signal, limit.signal]));
    let isReported = false;
    for (;;) {
      const { done, value: events } = await this.#batches.next();
      if (done) return;
      if (limit.signal.aborted && !isReported) yield [tooLong(limitMs)];
      isReported = limit.signal.aborted;
      this.#isAsking = events.some((event) => event.type === "call" && event.name === "input");
      yield events;
      if (this.#isAsking) return;
    }
  }

  #interruptWhen(signal: AbortSignal): Disposable {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const interrupt = () => {
      this.process.interrupt();
      timers.push(
        setTimeout(() => this.process.interrupt(), INTERRUPT_GRACE_MS / 2), // Python may ignore the first one
        setTimeout(() => this.process.kill(), INTERRUPT_GRACE_MS),
      );
    };
    if (signal.aborted) interrupt();
    else signal.addEventListener("abort", interrupt, { once: true });
    return {
      [Symbol.dispose]() {
        signal.removeEventListener("abort", interrupt);
        timers.forEach(clearTimeout);
      },
    };
  }
}

/** A time limit that excludes time spent waiting for packages. */
class TimeLimit implements Disposable {
  readonly #limitMs: number;
  readonly #over = new AbortController();
  #end: number;
  #timer: ReturnType<typeof setTimeout>;
  #isDisposed = false;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    this.#end = performance.now() + limitMs;
    this.#timer = setTimeout(() => this.#over.abort(), limitMs);
  }

  /** Aborted when the time is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Stops the clock while packages are loaded. If new packages arrive, the time starts again from zero. */
  async pauseFor(loading: Promise<boolean>): Promise<void> {
    clearTimeout(this.#timer);
    const rest = this.#end - performance.now();
    const restMs = await loading ? Math.max(this.#limitMs, IMPORT_LIMIT_MS) : rest;
    if (this.#isDisposed) return;
    this.#end = performance.now() + restMs;
    this.#timer = setTimeout(() => this.#over.abort(), restMs);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }
}

function tooLong(limitMs: number): PythonEvent {
  const text = `The offline model ends a cell after ${limitMs / 1000} seconds.\n`;
  return { type: "stream", name: "stderr", text };
}
