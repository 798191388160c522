/**
 * Parses JSON and remembers how its numbers were written.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";

/** A JSON value. */
export interface ParsedLiteral {
  value: JsonValue;
  /** Writes one of its numbers as it was written: `5.0`, and all digits of a large one, which JavaScript's numbers lose. */
  print: (number: number) => string;
}

/**
 * Parses a JSON text.
 *
 * @throws {SyntaxError} when it is not JSON
 */
export function parseLiteral(json: string): ParsedLiteral {
  let written: Map<number, string> | undefined;
  const print = (number: number) => (written ??= numbersIn(json)).get(number) ?? String(number);
  return { value: JSON.parse(json), print };
}

/** The numbers of a JSON text, as they are written there. */
function numbersIn(json: string): Map<number, string> {
  const written = new Map<number, string>();
  JSON.parse(json, (_key, value: JsonValue, context?: { source?: string }) => {
    if (typeof value === "number" && context?.source !== undefined) written.set(value, context.source);
    return value;
  });
  return written;
}
