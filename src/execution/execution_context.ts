/**
 * The interface between the core and the place that shows a cell's outputs: a notebook, a terminal or a recorder.
 *
 * @module
 */

import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";

/**
 * The name of a text stream, as in Jupyter's `stream` message.
 *
 * ```ts
 * import type { StreamName } from "@runt/aipython-runtime-agent";
 *
 * const colors: Record<StreamName, string> = { stdout: "black", stderr: "red" };
 * console.log(colors.stderr);
 * ```
 */
export type StreamName = "stdout" | "stderr";

/**
 * A cell's request for input from the person.
 *
 * ```ts
 * import { CellOutputs, type InputRequest } from "@runt/aipython-runtime-agent";
 *
 * function ask({ prompt, isPassword }: InputRequest): Promise<string> {
 *   return Promise.resolve(isPassword ? "s3cret" : `you asked: ${prompt}`);
 * }
 *
 * console.log(new CellOutputs({ onInput: ask }).inputs); // []
 * ```
 */
export interface InputRequest {
  /** The text before the input field. It is not part of the cell's outputs and may be empty. */
  prompt: string;
  /** Whether the input must be hidden, as for `getpass.getpass()`. */
  isPassword: boolean;
}

/**
 * Receives the outputs of one running cell and its requests for input.
 *
 * All methods return immediately, and their effects appear in the order of the calls. {@linkcode ExecutionContext.flush} resolves
 * when everything written so far is delivered. A method called after the cell has ended throws an `Error`.
 *
 * ```ts
 * import { createModel, executeCell, type ExecutionContext } from "@runt/aipython-runtime-agent";
 *
 * // Writes a cell's outputs as lines of text.
 * class TextContext implements ExecutionContext {
 *   readonly lines: string[] = [];
 *   stdout(text: string) {
 *     this.lines.push(text);
 *   }
 *   stderr(text: string) {
 *     this.lines.push(`! ${text}`);
 *   }
 *   executeResult(data: { [mimeType: string]: unknown }) {
 *     this.lines.push(`Out: ${data["text/plain"]}`);
 *   }
 *   display(data: { [mimeType: string]: unknown }) {
 *     this.lines.push(`[${Object.keys(data).join(", ")}]`);
 *   }
 *   error(ename: string, evalue: string) {
 *     this.lines.push(`${ename}: ${evalue}`);
 *   }
 *   flush() {
 *     return Promise.resolve();
 *   }
 * }
 *
 * const context = new TextContext();
 * await executeCell("2 + 2", { model: await createModel(), context });
 * console.log(context.lines); // [ "Out: 4" ]
 * ```
 */
export interface ExecutionContext {
  /** Appends text to the cell's standard output. An empty text has no effect. */
  stdout(text: string): void;
  /** Appends text to the cell's standard error. An empty text has no effect. */
  stderr(text: string): void;
  /** Shows the value of the cell's last expression: `Out[n]`. */
  executeResult(data: MimeBundle, metadata?: MimeMetadata): void;
  /** Shows rich content, as `IPython.display.display` does. */
  display(data: MimeBundle, metadata?: MimeMetadata): void;
  /**
   * Shows a Python exception.
   *
   * @param ename the exception's class, `ZeroDivisionError`
   * @param evalue the exception's message, which may be empty
   * @param traceback the lines of the traceback, which may contain ANSI colors
   */
  error(ename: string, evalue: string, traceback: string[]): void;
  /**
   * Shows why the cell is waiting, for example a rate limit or a server that is down, until it is called without a reason. The
   * message is not part of the outputs and is then removed. Contexts that cannot show it do not implement this method.
   *
   * @param reason the reason as a sentence; absent when the wait is over
   */
  waiting?(reason?: string): void;
  /**
   * Asks the person for a line of input, after all earlier output. If a context has this method, the model may ask for input.
   * Either all contexts of a session have it, or none.
   *
   * @param request the prompt, and whether the input is a password
   * @param signal aborted when the cell is interrupted and the answer is no longer needed
   * @returns the typed line without its line end; it may be empty
   * @throws {StdinNotImplementedError} the person cannot be asked now
   * @throws {EndOfInputError} the person ended the input
   */
  input?(request: InputRequest, signal: AbortSignal): Promise<string>;
  /**
   * Resolves when everything written so far is delivered, or is certain to be delivered before anything written later. Rejects if
   * it cannot be delivered.
   */
  flush(): Promise<void>;
}
