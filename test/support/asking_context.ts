/**
 * An execution context with scripted answers to requests for input.
 *
 * @module
 */

import type { InputRequest } from "../../src/execution/execution_context.ts";
import { RecordingContext } from "./recording_context.ts";

/** The reaction to a request for input: a typed line, or an error. */
export type ScriptedInput = string | Error;

/** Records outputs and requests for input. */
export class AskingContext extends RecordingContext {
  /** The requests for input in order, each with the number of outputs and flushes before it. */
  readonly asked: (InputRequest & { outputs: number; flushes: number })[] = [];
  readonly #inputs: ScriptedInput[];
  readonly #isAsked = Promise.withResolvers<void>();

  /** @param inputs the reaction to each request, in order; later requests wait until they are interrupted */
  constructor(...inputs: ScriptedInput[]) {
    super();
    this.#inputs = inputs;
  }

  /** Resolves at the first request for input. */
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
