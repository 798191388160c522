/**
 * A worker that turns texts into HTML, one at a time, and can be ended with the text that it is busy with.
 *
 * @module
 */

import type { WorkerMessage } from "./markup_worker.ts";
import type { Markup } from "./to_html.ts";

/** What became of a text; `excess` is a predicate that says why there is no HTML. */
export type Conversion = { html: string } | { excess: string };

/** Whom a thread tells. */
export interface MarkupThreadListener {
  /** It can take the first text. */
  onReady(): void;
  /** A text is done. */
  onDone(conversion: Conversion): void;
  /** It does not load, or has died. */
  onBroken(): void;
}

/** One worker. */
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

  /** Whether it has loaded. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Gives it a text; it must be ready, and have no other. */
  convert(markup: Markup): void {
    this.#worker.postMessage(markup);
  }

  /** Ends it, whatever it does. Nothing is heard of it after that. */
  end(): void {
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
  }
}
