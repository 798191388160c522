/**
 * Tells plain JSON from everything else that JavaScript has.
 *
 * @module
 */

/**
 * A value that survives `JSON.stringify` unchanged.
 *
 * ```ts
 * import type { JsonValue } from "@runt/aipython-runtime-agent";
 *
 * const chart: JsonValue = { mark: "bar", data: { values: [1, 2, 3] } };
 * console.log(JSON.stringify(chart));
 * ```
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

/** The deepest nesting that counts as JSON; a cycle is deeper. What reads it later may call itself once a level. */
const MAX_DEPTH = 200;

/** Whether a value survives `JSON.stringify`: no functions, `undefined`, `NaN`, class instances or cycles. Of -0 a 0 is left. */
export function isJson(value: unknown, depth = 0): value is JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  return isPlainObject(value) && Object.values(value).every((item) => isJson(item, depth + 1));
}

/**
 * Replaces numbers in a list or an object that JSON cannot write by `null`, as JSON's writers do: `1e999` is read as `Infinity`. A value
 * that is such a number itself is left as it is.
 */
export function withFiniteNumbers(value: unknown, depth = 0): unknown {
  if (typeof value === "number") return depth === 0 || Number.isFinite(value) ? value : null;
  if (depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withFiniteNumbers(item, depth + 1));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFiniteNumbers(item, depth + 1)]));
}

/** Whether a value is an object as JSON has them: neither `null`, nor a list, nor an instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
