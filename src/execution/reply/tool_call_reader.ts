/**
 * Reads a tool call's JSON arguments while they arrive.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import { TextFieldScanner } from "./text_field_scanner.ts";
import type { ToolArguments } from "./tool_arguments.ts";

/**
 * Reads the arguments of one tool call, in linear time, wherever their pieces are cut.
 *
 * @example
 * ```ts
 * const reader = new ToolCallReader("stdout");
 * reader.write('{"text":"a\\'); // "a"
 * reader.write('nb"}'); // "\nb"
 * reader.end(); // { text: "a\nb" }
 * ```
 */
export class ToolCallReader {
  readonly #tool: string;
  readonly #scanner = new TextFieldScanner("text");
  #json = "";

  /**
   * Begins before the first piece.
   *
   * @param tool the tool's name, for messages
   */
  constructor(tool: string) {
    this.#tool = tool;
  }

  /** Whether the arguments have been closed; {@linkcode ToolCallReader.end} may be called. */
  get complete(): boolean {
    return this.#scanner.complete;
  }

  /** The arguments' text, as far as it has arrived. */
  get json(): string {
    return this.#json;
  }

  /** Whether that text is a JSON object. */
  get valid(): boolean {
    try {
      this.end();
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Reads the next piece of the arguments.
   *
   * @returns what it adds to the top-level string `text`: never half a surrogate pair, empty when there is nothing new
   * @throws {ModelError} of kind `invalid_answer` when this cannot become a JSON object
   */
  write(piece: string): string {
    this.#json += piece;
    try {
      return this.#scanner.write(piece);
    } catch (error) {
      throw this.#invalid(error);
    }
  }

  /**
   * Reads the whole.
   *
   * @throws {ModelError} of kind `invalid_answer` when the arguments are unfinished or not a JSON object
   */
  end(): ToolArguments {
    if (!this.complete) {
      throw new ModelError(
        "invalid_answer",
        `The call of ${this.#tool}() breaks off: its arguments are not complete.`,
      );
    }
    try {
      return JSON.parse(this.#json);
    } catch (error) {
      throw this.#invalid(error);
    }
  }

  #invalid(cause: unknown): ModelError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new ModelError(
      "invalid_answer",
      `${this.#tool}() was called with arguments that are not valid JSON (${reason}).`,
      { cause },
    );
  }
}
