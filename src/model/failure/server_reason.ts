/**
 * Finds the reason for a failure in a server's answer of any form.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";
import { readTextReason } from "./text_reason.ts";

/**
 * The fields that hold a reason, the most informative first. Servers write them in any case. OpenAI and most others: `error.message`.
 * FastAPI: `detail`. Mistral and vLLM: `message`. Ollama: `error`. Gemini: a list of `{error}`. Cloudflare: `errors`. OAuth:
 * `error_description`. Apigee: `fault.faultstring`. MiniMax: `base_resp.status_msg`. RFC 9457: `detail` and `title`.
 */
const REASONS = [
  "message",
  "msg",
  "error_message",
  "errormessage",
  "error_msg",
  "error_description",
  "faultstring",
  "status_msg",
  "detail",
  "description",
  "error",
  "errors",
  "details",
  "reason",
  "fault",
  "base_resp",
  "title",
];

/** The fields that hold more than the message: the error of the provider behind OpenRouter, and details. */
const MORE = ["metadata", "errors", "detail"];

/** The fields that name the kind of an error. They are used if there is no other reason. */
const KINDS = ["code", "type", "status"];

/** Kinds without information. */
const EMPTY_KIND =
  /^(?:error|(?:api|server|internal|internal_server|unknown|invalid_request|bad_request)[ _]?error|about:blank)$/i;

/** How many items of a list are read, so that the reason stays short. */
const MAX_ITEMS = 3;

/** How many values are read in all, so that a large body does not take long. */
const MAX_VALUES = 200;

/**
 * Reads the reason that a server gives.
 *
 * @param body the server's answer: a JSON value, or the text of a body that is not JSON
 * @returns the reason in the server's words, with any number of characters and lines; `undefined` if there is no reason
 */
export function readReason(body: unknown): string | undefined {
  return reasonIn(body, { values: MAX_VALUES }) || undefined;
}

function reasonIn(value: unknown, left: { values: number }): string {
  if (left.values-- <= 0) return "";
  if (typeof value === "string") return readTextReason(value, (nested) => reasonIn(nested, left));
  if (Array.isArray(value)) return joined(value.slice(0, MAX_ITEMS).map((item) => reasonIn(item, left)), "; ");
  return isPlainObject(value) ? reasonInObject(value, left) : "";
}

function reasonInObject(object: Record<string, unknown>, left: { values: number }): string {
  const fields = new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
  const known = new Map<string, string>();
  const reasonOf = (name: string): string => {
    const reason = known.get(name) ?? reasonInField(name, fields.get(name), left);
    known.set(name, reason);
    return reason;
  };
  const named = REASONS.find((name) => reasonOf(name) !== "");
  if (named === undefined) {
    const kinds = KINDS.map((name) => fields.get(name)).filter((value) => typeof value === "string");
    return kinds.find((kind) => /[a-z]/i.test(kind) && !EMPTY_KIND.test(kind)) ?? "";
  }
  // If `error` is a string, it only names the kind: "Bad Request".
  const more = typeof fields.get("error") === "string" ? MORE : ["error", ...MORE];
  return `${locationOf(fields.get("loc"))}${joined([named, ...more].map(reasonOf), ": ")}`;
}

function reasonInField(name: string, value: unknown, left: { values: number }): string {
  if (name === "metadata") return isPlainObject(value) ? reasonIn(value.raw, left) : "";
  const reason = reasonIn(value, left);
  if (reason !== "" || !isPlainObject(value) || (name !== "errors" && name !== "detail")) return reason;
  // One text for each field, with its problem.
  const fields = Object.entries(value).slice(0, MAX_ITEMS).map(([field, wrong]) => [field, reasonIn(wrong, left)]);
  return joined(fields.map(([field, wrong]) => wrong === "" ? "" : `${field}: ${wrong}`), "; ");
}

/** Returns the path of an error in the request, from FastAPI's `loc`: `["body", "messages", 0]`. */
function locationOf(location: unknown): string {
  if (!Array.isArray(location)) return "";
  const path = location.filter((step) => step !== "body" && (typeof step === "string" || typeof step === "number"));
  return path.length === 0 ? "" : `${path.join(".")}: `;
}

/** Joins texts. Leaves out a text that an earlier one contains. */
function joined(texts: readonly string[], separator: string): string {
  const distinct = texts.filter((text, index) => {
    return text !== "" && !texts.slice(0, index).some((earlier) => earlier.includes(text));
  });
  return distinct.join(separator);
}
