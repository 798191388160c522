/**
 * Reads the content of requests, which clients may have written wrongly.
 *
 * @module
 */

import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import type { JsonObject } from "../message.ts";

/** A request's content is not what its type asks for. */
export class ContentError extends Error {
  /** The class's name, which the client is sent. */
  override readonly name = "ContentError";
}

/** The content of one request. */
export class RequestContent {
  readonly #type: string;
  readonly #content: JsonObject;

  /**
   * @param type the request's type, for error messages
   * @param content what it came with
   */
  constructor(type: string, content: JsonObject) {
    this.#type = type;
    this.#content = content;
  }

  /** Reads a text that must be there. */
  text(name: string): string {
    const value = this.#content[name];
    return typeof value === "string" ? value : this.#refuse(name, "a string");
  }

  /** Reads a text that may be missing. */
  optionalText(name: string): string | undefined {
    return this.#isMissing(name) ? undefined : this.text(name);
  }

  /** Reads a truth value. */
  flag(name: string, fallback: boolean): boolean {
    if (this.#isMissing(name)) return fallback;
    const value = this.#content[name];
    return typeof value === "boolean" ? value : this.#refuse(name, "true or false");
  }

  /** Reads a whole number that may be missing. */
  integer(name: string): number | undefined {
    if (this.#isMissing(name)) return undefined;
    const value = this.#content[name];
    return Number.isSafeInteger(value) ? value as number : this.#refuse(name, "a whole number");
  }

  /** Reads texts by name; none where it is missing. */
  texts(name: string): [string, string][] {
    if (this.#isMissing(name)) return [];
    const value: JsonValue = this.#content[name];
    if (!isPlainObject(value)) return this.#refuse(name, "an object of strings");
    return Object.entries(value).map(([key, text]): [string, string] => [
      key,
      typeof text === "string" ? text : this.#refuse(name, "an object of strings"),
    ]);
  }

  #isMissing(name: string): boolean {
    return this.#content[name] === undefined || this.#content[name] === null;
  }

  #refuse(name: string, expected: string): never {
    throw new ContentError(`The content of ${this.#type} is not valid: "${name}" must be ${expected}.`);
  }
}
