/**
 * Parses JSON and preserves the spelling of its numbers.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";

export interface ParsedLiteral {
  value: JsonValue;
  /**
   * Returns one of its numbers in its original spelling: `5.0`, and all digits of a large number, which a JavaScript number would
   * lose.
   */
  print: (number: number) => string;
}

/**
 * Parses a JSON text.
 *
 * @throws {SyntaxError} the text is not valid JSON
 */
export function parseLiteral(json: string): ParsedLiteral {
  let written: Map<number, string> | undefined;
  const print = (number: number) => (written ??= numbersIn(json)).get(number) ?? String(number);
  return { value: JSON.parse(json), print };
}

/** Returns the original spelling of each number in a JSON text. */
function numbersIn(json: string): Map<number, string> {
  const written = new Map<number, string>();
  JSON.parse(json, (_key, value: JsonValue, context?: { source?: string }) => {
    if (typeof value === "number" && context?.source !== undefined) written.set(value, context.source);
    return value;
  });
  return written;
}
