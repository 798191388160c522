/**
 * Parses the text of a `.env` file, with the variants that other tools accept.
 *
 * @module
 */

import { parseEnv } from "node:util";

/** A line `NAME=value` whose value is not quoted. */
const UNQUOTED = /^([\w.-]+[ \t]*=)(?![ \t]*['"`])(.*)$/gm;

/** A comment after a value. The `#` must follow a blank, because a key or an address may contain one. */
const COMMENT = /[ \t]+#.*$/;

/** The kinds of quotes; first those between which no character is special. */
const QUOTES = ["'", "`", '"'];

export function parseEnvText(text: string): Record<string, string> {
  const lines = text.replaceAll(/\r\n?/g, "\n").replaceAll(/^[ \t]*(?:export[ \t]+)?/gm, "");
  // Node's `parseEnv` ends an unquoted value at every `#`.
  const quoted = lines.replaceAll(UNQUOTED, (line, name: string, rest: string) => {
    const value = rest.replace(COMMENT, "").trim();
    const quote = QUOTES.find((quote) => !value.includes(quote));
    return value.includes("#") && quote !== undefined ? `${name}${quote}${value}${quote}` : line;
  });
  return parseEnv(quoted) as Record<string, string>;
}
