/**
 * Reads the content of requests, and checks it.
 *
 * @module
 */

import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import type { JsonObject } from "../message.ts";

/** The content of a request does not have the form that its type requires. */
export class ContentError extends Error {
  /** The class's name, which is sent to the client. */
  override readonly name = "ContentError";
}

export class RequestContent {
  readonly #type: string;
  readonly #content: JsonObject;

  /** @param type the request's type, for error messages */
  constructor(type: string, content: JsonObject) {
    this.#type = type;
    this.#content = content;
  }

  /** Reads a required text. */
  text(name: string): string {
    const value = this.#content[name];
    return typeof value === "string" ? value : this.#refuse(name, "a string");
  }

  optionalText(name: string): string | undefined {
    return this.#isMissing(name) ? undefined : this.text(name);
  }

  /** Reads an optional boolean. */
  flag(name: string, fallback: boolean): boolean {
    if (this.#isMissing(name)) return fallback;
    const value = this.#content[name];
    return typeof value === "boolean" ? value : this.#refuse(name, "true or false");
  }

  /** Reads an optional whole number. */
  integer(name: string): number | undefined {
    if (this.#isMissing(name)) return undefined;
    const value = this.#content[name];
    return Number.isSafeInteger(value) ? value as number : this.#refuse(name, "a whole number");
  }

  /** Reads an optional object of texts. Default: none. */
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
