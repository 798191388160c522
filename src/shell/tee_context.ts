/**
 * An execution context that writes to two others.
 *
 * @module
 */

import type { ExecutionContext } from "../execution/execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";

/** Writes everything to a first context, and then to a second. The first one asks the user for input. */
export class TeeContext implements ExecutionContext {
  readonly input?: ExecutionContext["input"];
  readonly #contexts: readonly [first: ExecutionContext, second: ExecutionContext];

  constructor(first: ExecutionContext, second: ExecutionContext) {
    this.#contexts = [first, second];
    if (first.input !== undefined) this.input = (request, signal) => first.input!(request, signal);
  }

  stdout(text: string): void {
    for (const context of this.#contexts) context.stdout(text);
  }

  stderr(text: string): void {
    for (const context of this.#contexts) context.stderr(text);
  }

  executeResult(data: MimeBundle, metadata?: MimeMetadata): void {
    for (const context of this.#contexts) context.executeResult(data, metadata);
  }

  display(data: MimeBundle, metadata?: MimeMetadata): void {
    for (const context of this.#contexts) context.display(data, metadata);
  }

  error(ename: string, evalue: string, traceback: string[]): void {
    for (const context of this.#contexts) context.error(ename, evalue, traceback);
  }

  waiting(reason?: string): void {
    for (const context of this.#contexts) context.waiting?.(reason);
  }

  async flush(): Promise<void> {
    for (const context of this.#contexts) await context.flush();
  }
}
