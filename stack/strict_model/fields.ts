/**
 * The fields of a JSON object of a request. They may have any type.
 *
 * @module
 */

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a field is set. `null` counts as not set: it means the default. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
