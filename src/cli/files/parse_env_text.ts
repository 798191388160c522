/**
 * Parses the text of a `.env` file, with the forms that other readers of such files take.
 *
 * @module
 */

import { parseEnv } from "node:util";

/** A line `NAME=value` whose value is not quoted. */
const UNQUOTED = /^([\w.-]+[ \t]*=)(?![ \t]*['"`])(.*)$/gm;

/** A comment behind a value: its sign follows a blank, because a key or an address may hold one. */
const COMMENT = /[ \t]+#.*$/;

/** The quotes, those first in which nothing has a meaning. */
const QUOTES = ["'", "`", '"'];

/** Returns the variables. */
export function parseEnvText(text: string): Record<string, string> {
  const lines = text.replaceAll(/\r\n?/g, "\n").replaceAll(/^[ \t]*(?:export[ \t]+)?/gm, "");
  // Node ends a value at every number sign.
  const quoted = lines.replaceAll(UNQUOTED, (line, name: string, rest: string) => {
    const value = rest.replace(COMMENT, "").trim();
    const quote = QUOTES.find((quote) => !value.includes(quote));
    return value.includes("#") && quote !== undefined ? `${name}${quote}${value}${quote}` : line;
  });
  return parseEnv(quoted) as Record<string, string>;
}
