/**
 * Makes what servers say fit to be shown: without secrets, without control characters, short, and on one line.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import { bareAddress } from "../options/bare_address.ts";
import { createRedactor } from "../options/redactor.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { CheckResult } from "./check_result.ts";

/** The most characters of foreign text that are quoted. */
const QUOTE_LENGTH = 200;

/** The fewest characters of a secret that is hidden in our own words too: servers without keys are given words like "none". */
const SECRET_LENGTH = 8;

/** Takes secrets out. */
export interface Sanitizer {
  /** Makes foreign text fit to be shown. */
  quote(text: string): string;
  /** Takes secrets out of a result, wherever they got into it. */
  sanitize(result: CheckResult): CheckResult;
}

/** Makes a sanitizer for these secrets. */
export function createSanitizer(secrets: readonly string[]): Sanitizer {
  const redactForeign = createRedactor(secrets);
  const redact = createRedactor(secrets.filter((secret) => secret.length >= SECRET_LENGTH));
  return {
    quote(text) {
      const line = bareAddress(redactForeign(withoutControls(text))).replaceAll(/\s+/g, " ").trim();
      return line.length <= QUOTE_LENGTH ? line : `${line.slice(0, QUOTE_LENGTH)}...`;
    },
    sanitize: (result) => ({
      ...result,
      message: redact(result.message),
      ...(result.remedy === undefined ? {} : { remedy: redact(result.remedy) }),
      details: mapStrings(result.details, redact) as CheckResult["details"],
    }),
  };
}

function mapStrings(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapStrings(item, change)]));
}
