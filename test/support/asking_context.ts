/**
 * An execution context whose person answers by a script.
 *
 * @module
 */

import type { InputRequest } from "../../src/execution/execution_context.ts";
import { RecordingContext } from "./recording_context.ts";

/** The person's action: types a line, or fails to. */
export type ScriptedInput = string | Error;

/** Records outputs and questions. */
export class AskingContext extends RecordingContext {
  /** The requests for input, in order, each with the number of outputs that were there, and how often they had been flushed. */
  readonly asked: (InputRequest & { outputs: number; flushes: number })[] = [];
  readonly #inputs: ScriptedInput[];
  readonly #isAsked = Promise.withResolvers<void>();

  /** @param inputs the person's action at each request, in order; after the last one, requests wait until they are interrupted */
  constructor(...inputs: ScriptedInput[]) {
    super();
    this.#inputs = inputs;
  }

  /** Resolves when the person is asked for the first time. */
  whenAsked(): Promise<void> {
    return this.#isAsked.promise;
  }

  input(request: InputRequest): Promise<string> {
    this.asked.push({ ...request, outputs: this.outputs.length, flushes: this.flushes });
    this.#isAsked.resolve();
    const input = this.#inputs.shift();
    if (input === undefined) return new Promise(() => {});
    return typeof input === "string" ? Promise.resolve(input) : Promise.reject(input);
  }
}
