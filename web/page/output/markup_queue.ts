/**
 * Has texts turned into HTML by a worker, one after the other, each within a deadline.
 *
 * @module
 */

import type { WorkerMessage } from "./markup_worker.ts";
import type { Markup } from "./to_html.ts";

/** How long a text may take, in milliseconds. A megabyte of ordinary markdown takes less than one second. */
const DEADLINE_MS = 2_000;

/** What became of a text; `excess` is a predicate that says why there is no HTML. */
export type Conversion = { html: string } | { excess: string };

interface Job {
  markup: Markup;
  onDone: (markup: Markup, conversion: Conversion) => void;
}

/** The texts that wait, at most one of each owner. */
export class MarkupQueue {
  readonly #waiting = new Map<object, Job>();
  #worker?: Worker;
  #isReady = false;
  #running?: Job;
  #deadline?: ReturnType<typeof setTimeout>;

  /**
   * Asks for a text's HTML. A text of the same owner that still waits is left out; one that is under way is finished.
   *
   * @param owner whatever stands for the place where the text is shown
   * @param onDone called with the text and what became of it
   */
  ask(owner: object, markup: Markup, onDone: Job["onDone"]): void {
    this.#waiting.set(owner, { markup, onDone });
    this.#next();
  }

  /** Leaves out what an owner waits for. */
  forget(owner: object): void {
    this.#waiting.delete(owner);
  }

  #next(): void {
    if (this.#running !== undefined || this.#waiting.size === 0) return;
    const worker = this.#worker ??= this.#start();
    if (!this.#isReady) return;
    const [owner, job] = this.#waiting.entries().next().value!;
    this.#waiting.delete(owner);
    this.#running = job;
    this.#deadline = setTimeout(() => this.#giveUp("takes too long to be drawn"), DEADLINE_MS);
    worker.postMessage(job.markup);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./markup_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data === "ready") {
        this.#isReady = true;
        this.#next();
      } else {this.#finish(
          data.html === undefined ? { excess: "is nested too deeply to be drawn" } : { html: data.html },
        );}
    };
    worker.onerror = () => this.#giveUp("needs a part of the page that does not load");
    return worker;
  }

  /** Ends the worker with the text that it is busy with; one that never began takes what waits with it. */
  #giveUp(excess: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (!this.#isReady) {
      const jobs = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { markup, onDone } of jobs) onDone(markup, { excess });
    }
    this.#isReady = false;
    this.#finish({ excess });
  }

  #finish(conversion: Conversion): void {
    clearTimeout(this.#deadline);
    const job = this.#running;
    this.#running = undefined;
    job?.onDone(job.markup, conversion);
    this.#next();
  }
}
