/**
 * Errors for input that a running cell requests and does not receive.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/**
 * The front end of a running cell cannot ask the person for input, or not at the moment.
 *
 * ```ts
 * import { CellOutputs, StdinNotImplementedError } from "@runt/aipython-runtime-agent";
 *
 * // A cell that calls input() ends in a StdinNotImplementedError, as in a notebook without a person.
 * const context = new CellOutputs({ onInput: () => Promise.reject(new StdinNotImplementedError()) });
 * console.log(context.outputs);
 * ```
 */
export class StdinNotImplementedError extends AIPythonError {
  /** The class's name. */
  readonly name = "StdinNotImplementedError";

  /** Makes the error. */
  constructor() {
    super("This front end does not support input requests.");
  }
}

/**
 * The person has ended the input, for example with Ctrl-D, instead of typing a line for the running cell.
 *
 * ```ts
 * import { CellOutputs, EndOfInputError } from "@runt/aipython-runtime-agent";
 *
 * // The person's answers. A cell that asks for more ends in an EOFError.
 * const answers = ["Ada", "36"];
 * const context = new CellOutputs({
 *   async onInput() {
 *     const answer = answers.shift();
 *     if (answer === undefined) throw new EndOfInputError();
 *     return answer;
 *   },
 * });
 * console.log(context.inputs);
 * ```
 */
export class EndOfInputError extends AIPythonError {
  /** The class's name. */
  readonly name = "EndOfInputError";

  /** Makes the error. */
  constructor() {
    super("The input has ended without a line.");
  }
}
