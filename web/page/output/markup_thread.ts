/**
 * A worker that converts texts to HTML, one at a time, and can be terminated during a text.
 *
 * @module
 */

import type { WorkerMessage } from "./markup_worker.ts";
import type { Markup } from "./to_html.ts";

/** The result for a text. `excess` is a predicate that says why there is no HTML. */
export type Conversion = { html: string } | { excess: string };

export interface MarkupThreadListener {
  /** The thread is ready for the first text. */
  onReady(): void;
  /** A text is converted. */
  onDone(conversion: Conversion): void;
  /** The thread failed to load or died. */
  onBroken(): void;
}

export class MarkupThread {
  readonly #worker: Worker;
  #isReady = false;

  constructor({ onReady, onDone, onBroken }: MarkupThreadListener) {
    this.#worker = new Worker(new URL("./markup_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data === "ready") {
        this.#isReady = true;
        onReady();
      } else onDone(data.html === undefined ? { excess: "is nested too deeply to be drawn" } : { html: data.html });
    };
    this.#worker.onerror = () => onBroken();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Sends a text. The thread must be ready and idle. */
  convert(markup: Markup): void {
    this.#worker.postMessage(markup);
  }

  /** Terminates the thread. No callback is called after that. */
  end(): void {
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
  }
}
