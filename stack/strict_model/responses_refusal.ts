/**
 * The errors of OpenAI's Responses interface, in its words.
 *
 * @module
 */

/** What a server answers to a request that it refuses. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** The body of the response. */
  body: { error: RefusalError };
}

/** OpenAI's error object. */
export interface RefusalError {
  /** What is wrong, for people. */
  message: string;
  /** The family of the error. */
  type: string;
  /** The part of the request that is wrong: `input[2].content`; null where OpenAI names none. */
  param: string | null;
  /** What is wrong, for programs: `invalid_value`; null where OpenAI names none. */
  code: string | null;
}

/** A request that is refused. */
export class RefusedRequest extends Error {
  /** Tells it from other errors. */
  override readonly name = "RefusedRequest";
  /** What is answered. */
  readonly refusal: Refusal;

  /**
   * Makes the error.
   *
   * @param message what is wrong
   * @param param the part of the request that is wrong
   * @param code OpenAI's code for it
   * @param status the HTTP status
   */
  constructor(message: string, param: string | null = null, code: string | null = null, status = 400) {
    super(message);
    this.refusal = { status, body: { error: { message, type: "invalid_request_error", param, code } } };
  }
}

/** A parameter that does not exist. */
export function unknownParameter(param: string): RefusedRequest {
  return new RefusedRequest(`Unknown parameter: '${param}'.`, param, "unknown_parameter");
}

/** A parameter that must be there. */
export function missingParameter(param: string): RefusedRequest {
  return new RefusedRequest(`Missing required parameter: '${param}'.`, param, "missing_required_parameter");
}

/** A parameter that the model does not have. */
export function unsupportedParameter(param: string, code: string | null = null): RefusedRequest {
  return new RefusedRequest(`Unsupported parameter: '${param}' is not supported with this model.`, param, code);
}

/** A value of another type than `expected`, such as `a string`. */
export function invalidType(param: string, expected: string, value: unknown): RefusedRequest {
  const message = `Invalid type for '${param}': expected ${expected}, but got ${typeName(value)} instead.`;
  return new RefusedRequest(message, param, "invalid_type");
}

/** A value that is none of those that exist. */
export function invalidValue(param: string, value: unknown, supported: readonly string[]): RefusedRequest {
  const shown = typeof value === "string" ? value : "";
  const message = `Invalid value: '${shown}'. Supported values are: ${listOf(supported)}.`;
  return new RefusedRequest(message, param, "invalid_value");
}

/** Names, quoted, in an English list. */
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
