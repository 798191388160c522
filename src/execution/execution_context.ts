/**
 * Where a cell's outputs go: the interface between the core and what shows them (a notebook, a terminal, a recorder).
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
 * What a cell asks the person for.
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
  /** What stands before the place where the person types. It is not part of the cell's outputs; may be empty. */
  prompt: string;
  /** Whether what is typed must not be seen, as for `getpass.getpass()`. */
  isPassword: boolean;
}

/**
 * The output side of one running cell, and what it asks the person for.
 *
 * Every method returns at once and keeps the order in which the methods were called; {@linkcode ExecutionContext.flush}
 * tells when everything written so far is safely out. A method called after the cell ended throws an `Error`.
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
  /** Appends text to the cell's standard output. An empty text writes nothing. */
  stdout(text: string): void;
  /** Appends text to the cell's standard error. An empty text writes nothing. */
  stderr(text: string): void;
  /** Shows the value of the cell's last expression: `Out[n]`. */
  executeResult(data: MimeBundle, metadata?: MimeMetadata): void;
  /** Shows rich content, as `IPython.display.display` does. */
  display(data: MimeBundle, metadata?: MimeMetadata): void;
  /**
   * Shows a Python exception.
   *
   * @param ename the exception's class, `ZeroDivisionError`
   * @param evalue its message, which may be empty
   * @param traceback its lines, ANSI colours allowed
   */
  error(ename: string, evalue: string, traceback: string[]): void;
  /**
   * Shows, until the next call without a reason, why nothing happens: a rate limit, a server that is down. It is no output: nothing
   * of it is left. Contexts that cannot show it leave it out.
   *
   * @param reason what is waited for, as a sentence; absent when the wait is over
   */
  waiting?(reason?: string): void;
  /**
   * Asks the person for a line, behind what was written so far. A context that has it makes its session one in which the model may ask;
   * all contexts of a session have it, or none.
   *
   * @param request what is asked for
   * @param signal interrupts the cell: nobody waits for the answer any more
   * @returns what was typed, without the end of the line; it may be empty
   * @throws {StdinNotImplementedError} nobody can be asked now
   * @throws {EndOfInputError} the person has ended the input instead
   */
  input?(request: InputRequest, signal: AbortSignal): Promise<string>;
  /**
   * Resolves when all that was written has arrived, or is on its way where nothing written later can overtake it; rejects when it can
   * no longer arrive.
   */
  flush(): Promise<void>;
}
