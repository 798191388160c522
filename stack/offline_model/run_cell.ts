/**
 * Runs a cell in a process, and interrupts it when nobody waits for it any more or it takes too long. Waiting for packages takes no time.
 *
 * @module
 */

import type { InputAnswer } from "../../src/execution/input_answer.ts";
import type { PythonCell, PythonEvent } from "./protocol.ts";
import type { PythonProcess } from "./python_process.ts";
import { orderStreams } from "./stream_order.ts";

/** Milliseconds that an interrupted cell has to end before its process is killed: C code does not see an interrupt. */
const INTERRUPT_GRACE_MS = 1000;

/** Milliseconds that a cell has, at the least, once it has got packages: to unpack and import the large ones takes several seconds. */
const IMPORT_LIMIT_MS = 60_000;

/** A cell that runs, from its beginning to its end or to a request for input, and from there on once that is answered. */
export class CellRun {
  /** Where it runs. */
  readonly process: PythonProcess;
  readonly #batches: AsyncGenerator<PythonEvent[], void, void>;
  #onLoading = (_loading: Promise<boolean>): void => {};
  #hasBegun = false;
  #isAsking = false;

  /** Prepares to run it. */
  constructor(process: PythonProcess, cell: PythonCell) {
    this.process = process;
    this.#batches = orderStreams(process.run(cell, (loading) => this.#onLoading(loading)));
  }

  /** Whether it waits for input. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** Answers what it asks. It goes on as {@linkcode CellRun.follow} tells. */
  answer(answer: InputAnswer): void {
    this.#isAsking = false;
    this.process.answer(answer);
  }

  /**
   * Interrupts it while it asks; what it puts out is dropped.
   *
   * @throws {PythonDiedError} when it does not end and its process is ended
   */
  async interrupt(): Promise<void> {
    this.#isAsking = false;
    for await (const _ of this.follow(INTERRUPT_GRACE_MS, AbortSignal.abort()));
  }

  /**
   * Begins it, or goes on, and yields what it puts out, until it ends or asks, which is the last that is yielded. To be read to its
   * end, and not begun once the signal is aborted.
   *
   * @param limitMs milliseconds after which it is interrupted, which its stderr tells; they count anew when it has got packages
   * @param signal interrupts it
   * @throws {PythonDiedError} when the process ends before the cell does
   */
  async *follow(limitMs: number, signal: AbortSignal): AsyncGenerator<PythonEvent[], void, void> {
    if (signal.aborted && !this.#hasBegun) return;
    this.#hasBegun = true;
    using limit = new TimeLimit(limitMs);
    this.#onLoading = (loading) => void limit.pauseFor(loading);
    using _ = this.#interruptWhen(AbortSignal.any([signal, limit.signal]));
    let isTold = false;
    for (;;) {
      const { done, value: events } = await this.#batches.next();
      if (done) return;
      if (limit.signal.aborted && !isTold) yield [tooLong(limitMs)];
      isTold = limit.signal.aborted;
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
        setTimeout(() => this.process.interrupt(), INTERRUPT_GRACE_MS / 2), // the first can strike where Python ignores it
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

/** A limit on a time in which packages may be waited for. */
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

  /** Stops the clock while packages are loaded; with some of them the time counts anew. */
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
