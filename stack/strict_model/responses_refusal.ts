/**
 * The errors of OpenAI's Responses interface, with its messages.
 *
 * @module
 */

import { type OpenaiRefusal, openaiRefusal } from "./openai_refusal.ts";

export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly refusal: OpenaiRefusal;

  /**
   * @param param the invalid part of the request
   * @param code OpenAI's code for the error
   */
  constructor(message: string, param: string | null = null, code: string | null = null, status = 400) {
    super(message);
    this.refusal = openaiRefusal(message, { param, code, status });
  }
}

export function unknownParameter(param: string): RefusedRequest {
  return new RefusedRequest(`Unknown parameter: '${param}'.`, param, "unknown_parameter");
}

export function missingParameter(param: string): RefusedRequest {
  return new RefusedRequest(`Missing required parameter: '${param}'.`, param, "missing_required_parameter");
}

/** Makes the error for a parameter that the model does not support. */
export function unsupportedParameter(param: string, code: string | null = null): RefusedRequest {
  return new RefusedRequest(`Unsupported parameter: '${param}' is not supported with this model.`, param, code);
}

/** Makes the error for a value of another type than `expected`, such as `a string`. */
export function invalidType(param: string, expected: string, value: unknown): RefusedRequest {
  const message = `Invalid type for '${param}': expected ${expected}, but got ${typeName(value)} instead.`;
  return new RefusedRequest(message, param, "invalid_type");
}

/** Makes the error for a value that is not one of the allowed ones. */
export function invalidValue(param: string, value: unknown, supported: readonly string[]): RefusedRequest {
  const shown = typeof value === "string" ? value : "";
  const message = `Invalid value: '${shown}'. Supported values are: ${listOf(supported)}.`;
  return new RefusedRequest(message, param, "invalid_value");
}

/** Formats quoted names as an English list. */
export function listOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length < 3) return quoted.join(" and ");
  return `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
