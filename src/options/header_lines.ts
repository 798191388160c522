/**
 * Reads HTTP headers that are sent with every request to the model server.
 *
 * @module
 */

import type { OptionKind } from "./option_kind.ts";
import type { HttpHeaders } from "./settings.ts";

const separator = "\n";

/** A name and its value on a line. */
const LINE = /^([^:]*):(.*)$/;

/** A name (RFC 9110, section 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** A value: printable ASCII. */
const VALUE = /^[\x20-\x7e]+$/;

/** The headers that every request sets itself. */
const TAKEN: ReadonlySet<string> = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "host",
  "transfer-encoding",
]);

/** Headers: text with one per line, or an object. */
export const headerLines: OptionKind<HttpHeaders> = {
  expected:
    "headers such as 'X-Team: blue', one per line, no name twice: a name of letters, digits and dashes, a colon, " +
    `and printable ASCII characters; not ${[...TAKEN].slice(0, -1).join(", ")} or ${[...TAKEN].at(-1)}`,
  separator,
  read(value) {
    const pairs = typeof value === "string" ? readLines(value) : readObject(value);
    if (pairs === undefined || (typeof value === "string" && pairs.length === 0)) return undefined;
    const isRight = pairs.every(([name, value]) => NAME.test(name) && VALUE.test(value) && !TAKEN.has(lowerCase(name)));
    const names = new Set(pairs.map(([name]) => lowerCase(name)));
    return isRight && names.size === pairs.length ? Object.fromEntries(pairs) : undefined;
  },
};

type Pair = [name: string, value: string];

function readLines(text: string): Pair[] | undefined {
  const lines = text.split(separator).map((line) => line.trim()).filter((line) => line !== "");
  const pairs = lines.map((line) => LINE.exec(line)).map((match) => match && trimmed(match[1], match[2]));
  return pairs.every((pair) => pair !== null) ? pairs : undefined;
}

function readObject(value: unknown): Pair[] | undefined {
  if (typeof value !== "object" || value === null || !isPlain(value)) return undefined;
  const entries = Object.entries(value);
  const isText = entries.every(([, text]) => typeof text === "string");
  return isText ? entries.map(([name, text]) => trimmed(name, text)) : undefined;
}

/** Whether an object is a plain one. `Headers` and `Map` have no visible fields. */
function isPlain(value: object): boolean {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function trimmed(name: string, value: string): Pair {
  return [name.trim(), value.trim()];
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}
