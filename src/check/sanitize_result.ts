/**
 * Sanitizes servers' texts: removes secrets and control characters, shortens them, and joins lines.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import { bareAddress } from "../options/bare_address.ts";
import { createRedactor } from "../options/redactor.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { CheckResult } from "./check_result.ts";

/** The maximum length of a quoted text, in characters. */
const QUOTE_LENGTH = 200;

/**
 * The shortest secret that is also hidden in this program's own texts, in characters. Servers without keys are used with words like
 * "none", which those texts contain.
 */
const SECRET_LENGTH = 8;

export interface Sanitizer {
  /** Sanitizes a server's text so that it can be shown. */
  quote(text: string): string;
  /** Removes secrets from all parts of a result. */
  sanitize(result: CheckResult): CheckResult;
}

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
