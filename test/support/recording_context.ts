/**
 * An execution context that records what is written to it.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../../src/execution/cell_output.ts";
import type { ExecutionContext } from "../../src/execution/execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../../src/media/mime_bundle.ts";

/** Records the outputs of one cell, and lets a test wait for them. */
export class RecordingContext implements ExecutionContext {
  /** Every call in order, with each piece of streamed text. */
  readonly calls: CellOutput[] = [];
  /** Every reported reason for a wait, and `undefined` for each end of a wait. */
  readonly waits: (string | undefined)[] = [];
  /** The number of calls of {@linkcode RecordingContext.flush}. */
  flushes = 0;
  #waiting: { condition: (outputs: CellOutput[]) => boolean; resolve: () => void }[] = [];
  readonly #flush: () => Promise<void>;

  /** @param flush called by `flush`. Default: does nothing */
  constructor(flush: () => Promise<void> = () => Promise.resolve()) {
    this.#flush = flush;
  }

  /** The outputs so far, with consecutive texts of one stream joined. */
  get outputs(): CellOutput[] {
    return joinStreams(this.calls);
  }

  /** Resolves at the first output. */
  firstOutput(): Promise<void> {
    return this.when((outputs) => outputs.length > 0);
  }

  /** Resolves as soon as the outputs satisfy a condition. */
  when(condition: (outputs: CellOutput[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ condition, resolve });
      this.#notify();
    });
  }

  stdout(text: string): void {
    this.#record({ type: "stream", name: "stdout", text });
  }

  stderr(text: string): void {
    this.#record({ type: "stream", name: "stderr", text });
  }

  executeResult(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#record({ type: "execute_result", data, ...(metadata && { metadata }) });
  }

  display(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#record({ type: "display_data", data, ...(metadata && { metadata }) });
  }

  error(ename: string, evalue: string, traceback: string[]): void {
    this.#record({ type: "error", ename, evalue, traceback });
  }

  waiting(reason?: string): void {
    this.waits.push(reason);
    this.#notify();
  }

  flush(): Promise<void> {
    this.flushes += 1;
    return this.#flush();
  }

  #record(output: CellOutput): void {
    this.calls.push(output);
    this.#notify();
  }

  #notify(): void {
    if (this.#waiting.length === 0) return;
    const { outputs } = this;
    this.#waiting = this.#waiting.filter(({ condition, resolve }) => {
      const fulfilled = condition(outputs);
      if (fulfilled) resolve();
      return !fulfilled;
    });
  }
}
