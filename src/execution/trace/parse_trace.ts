/**
 * Parses a cell's record from JSON.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";
import type { CellTrace } from "./cell_trace.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number";

const listOf = (check: Check): Check => (value) => Array.isArray(value) && value.every(check);

const optional = (check: Check): Check => (value) => value === undefined || check(value);

/** Checks the fields of an object. Unknown fields are ignored. */
const objectOf = (fields: Record<string, Check>): Check => (value) =>
  isPlainObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const isUsage = objectOf({
  input: isNumber,
  cachedInput: isNumber,
  output: isNumber,
  reasoning: optional(isNumber),
  cost: optional(isNumber),
});

const isTurn = objectOf({ role: isText, content: isText, hints: optional(listOf(isText)) });

const isPart: Check = (value) =>
  objectOf({ type: isText, text: isText })(value) || objectOf({ name: isText, arguments: isText })(value);

const isRequest = objectOf({
  why: isText,
  problem: optional(isText),
  turns: listOf(isTurn),
  messages: isNumber,
  estimatedTokens: isNumber,
  api: optional(isText),
  calls: optional(isText),
  form: optional(isText),
  effort: optional(isText),
  attempts: isNumber,
  retries: listOf(isText),
  waits: listOf(isText),
  reply: listOf(isPart),
  replyCharacters: isNumber,
  ended: isText,
  failure: optional(isText),
  usage: optional(isUsage),
  firstTokenMs: optional(isNumber),
  totalMs: isNumber,
});

const isTrace = objectOf({
  startedAt: isText,
  notebookId: optional(isText),
  cellId: optional(isText),
  queueId: optional(isText),
  executionCount: optional(isNumber),
  model: isText,
  requests: listOf(isRequest),
  requestsLeftOut: optional(isNumber),
  usage: (value) => isUsage(value) && objectOf({ requests: isNumber })(value),
  firstTokenMs: optional(isNumber),
  totalMs: isNumber,
  ended: isText,
  error: optional(isText),
});

/** Returns the value if it is a record, otherwise `undefined`. */
export function asTrace(value: unknown): CellTrace | undefined {
  return isTrace(value) ? value as CellTrace : undefined;
}

/** Parses a record from a line of JSON. Returns `undefined` if it is not a record. */
export function parseTrace(line: string): CellTrace | undefined {
  try {
    return asTrace(JSON.parse(line));
  } catch {
    return undefined;
  }
}
