/**
 * Checks whether values are plain JSON.
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

/** The deepest nesting that counts as JSON, which also excludes cycles. Code that reads the value may recurse once per level. */
const MAX_DEPTH = 200;

/**
 * Whether a value survives `JSON.stringify`: it has no functions, `undefined`, `NaN`, class instances or cycles. `-0` is accepted,
 * although it becomes 0.
 */
export function isJson(value: unknown, depth = 0): value is JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  return isPlainObject(value) && Object.values(value).every((item) => isJson(item, depth + 1));
}

/**
 * Replaces numbers that JSON cannot express by `null`, as `JSON.stringify` does. For example, `1e999` is parsed as `Infinity`. Only
 * numbers inside lists and objects are replaced, not the value itself.
 */
export function withFiniteNumbers(value: unknown, depth = 0): unknown {
  if (typeof value === "number") return depth === 0 || Number.isFinite(value) ? value : null;
  if (depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withFiniteNumbers(item, depth + 1));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFiniteNumbers(item, depth + 1)]));
}

/** Whether a value is a plain object: not `null`, a list or a class instance. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
