/**
 * Reads the arguments of a tool call while they arrive.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import { isHighSurrogate } from "../../surrogate_pair.ts";
import {
  argumentsAsJson,
  type ArgumentsEnd,
  ArgumentsReading,
  type ArgumentsSink,
  TEXT_KEY,
} from "./arguments_reading.ts";
import { normalizeArguments } from "./normalize_arguments.ts";
import { normalizeToolName } from "./normalize_tool_name.ts";
import { parseLiteral } from "./parse_literal.ts";
import { repairJson } from "./repair_json.ts";
import { type Reading, TextSource } from "./text_source.ts";
import type { ToolArguments } from "./tool_arguments.ts";
import { parameterNames, type ToolName, TOOLS } from "./tools.ts";

/**
 * Reads one tool call, in linear time. The result does not depend on how the text is split into pieces. The arguments are JSON, or
 * a deviation from it that {@linkcode ArgumentsReading} and {@linkcode normalizeArguments} accept.
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
  readonly #name: string;
  readonly #tool: ToolName | undefined;
  readonly #source = new TextSource();
  readonly #sink: ArgumentsSink;
  readonly #reading: Reading<ArgumentsEnd>;
  /** The arguments as they arrived. */
  #raw = "";
  /** The decoded text that has not been returned yet. */
  #text = "";
  #isEncoded = false;
  #ending: ArgumentsEnd | undefined;
  #args: ToolArguments | undefined;

  /**
   * @param name the tool's name as the model wrote it
   * @param tools the tools that may be called. Default: the five output tools
   */
  constructor(name: string, tools = TOOLS) {
    this.#name = name;
    this.#tool = normalizeToolName(name, undefined, tools);
    this.#sink = {
      encoded: () => this.#isEncoded = true,
      text: (piece) => this.#text += piece,
    };
    this.#reading = new ArgumentsReading(this.#source, this.#sink).read();
  }

  /** The called tool, or `undefined` if there is no such tool. `print` never counts as a tool here, whatever its arguments are. */
  get tool(): ToolName | undefined {
    return this.#tool;
  }

  /** Whether no further piece can change the result of {@linkcode ToolCallReader.end}. */
  get complete(): boolean {
    return this.#ending === "complete" || this.#ending === "repeated";
  }

  /** The arguments as valid JSON text for the conversation, or `undefined` if they are not an object. */
  get json(): string | undefined {
    try {
      const json = JSON.stringify(this.end());
      return isJsonOf(this.#raw, json) ? this.#raw : json;
    } catch {
      return undefined;
    }
  }

  /**
   * Reads the next piece of the arguments. Text after their end is ignored.
   *
   * @returns the text that it adds to the string `text`; it is empty if there is none, and never ends with half of a surrogate pair
   */
  write(piece: string): string {
    this.#raw += piece;
    if (this.#ending !== undefined) return "";
    this.#source.append(piece);
    if (this.#sink.string === undefined || this.#sink.string() !== undefined) this.#advance();
    return this.#take();
  }

  /**
   * Returns the arguments after the last piece.
   *
   * @throws {ModelError} of kind `invalid_answer` if the arguments are incomplete or cannot be read as an object
   */
  end(): ToolArguments {
    this.#source.end();
    this.#advance();
    if (this.#ending === "unfinished") {
      throw new ModelError("invalid_answer", `The call of ${this.#name}() breaks off: its arguments are not complete.`);
    }
    return this.#args ??= this.#read();
  }

  #advance(): void {
    this.#ending ??= this.#reading.next().value;
  }

  /** Returns the decoded text, without half of a surrogate pair at the end. */
  #take(): string {
    const text = this.#text;
    const isHalf = this.#sink.string !== undefined && isHighSurrogate(text.charCodeAt(text.length - 1));
    this.#text = isHalf ? text.slice(-1) : "";
    return isHalf ? text.slice(0, -1) : text;
  }

  #read(): ToolArguments {
    if (this.#ending === "repeated") throw this.#invalid(`The key "${TEXT_KEY}" stands there twice`);
    const args = (this.#ending === "complete" ? this.#parseWhole() : undefined) ?? this.#repair();
    if (args === undefined) throw this.#invalid(mistakeIn(this.#raw));
    return args;
  }

  #parseWhole(): ToolArguments | undefined {
    const args = this.#isEncoded ? undefined : this.#parse(this.#raw);
    return args ?? this.#parse(argumentsAsJson(this.#raw));
  }

  #parse(json: string): ToolArguments | undefined {
    try {
      const parsed = parseLiteral(json);
      const { tool } = this;
      return tool !== undefined ? normalizeArguments(tool, parsed) : objectOf(parsed.value);
    } catch (error) {
      // Nesting that is too deep for the call stack causes a RangeError.
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      return undefined;
    }
  }

  /** Repairs arguments that could not be parsed. The result is used only if it has no unknown arguments. */
  #repair(): ToolArguments | undefined {
    const { tool } = this;
    const json = tool && repairJson(this.#raw);
    const args = json && this.#parse(json);
    if (!args) return undefined;
    return Object.keys(args).every((key) => parameterNames(tool).includes(key)) ? args : undefined;
  }

  #invalid(reason: string): ModelError {
    return new ModelError(
      "invalid_answer",
      `${this.#name}() was called with arguments that are not valid JSON (${reason}).`,
    );
  }
}

function objectOf(value: JsonValue): ToolArguments | undefined {
  return isPlainObject(value) ? value : undefined;
}

/** Describes why a text is not the JSON of an object. */
function mistakeIn(json: string): string {
  try {
    JSON.parse(json);
    return "It is not an object";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a text is JSON with the same value as another JSON text. */
function isJsonOf(text: string, json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === json;
  } catch {
    return false;
  }
}
