/**
 * The kinds of option values. Each kind reads text, and checks values from a program.
 *
 * @module
 */

export interface OptionKind<T> {
  /** The form of a valid value. It completes the sentence "expected ...". */
  expected: string;
  /** Reads a value, which is text or has the right type already. Returns `undefined` if it is wrong. */
  read(value: unknown): T | undefined;
  /** The separator of a list in text; absent if the value is not a list. */
  separator?: string;
  /** Writes a value as text that `read` accepts. Default: `String`. */
  write?(value: T): string;
}

/** The longest delay of a timer, in whole seconds. `setTimeout` has 32 bits for milliseconds, and fires at once for a longer delay. */
const longestTimeout = Math.floor((2 ** 31 - 1) / 1000);

/** Text that matches a pattern. White space around it is removed. */
function pattern(expected: string, accepts: RegExp): OptionKind<string> {
  return {
    expected,
    read(value) {
      if (typeof value !== "string") return undefined;
      const text = value.trim();
      return accepts.test(text) ? text : undefined;
    },
  };
}

export const text: OptionKind<string> = pattern("text on one line", /^\P{Cc}+$/u);

const separator = ",";

export const textList: OptionKind<readonly string[]> = {
  expected: "one or more texts, with commas between them",
  separator,
  read(value) {
    const items: unknown = typeof value === "string" ? value.split(separator) : value;
    if (!Array.isArray(items)) return undefined;
    // An empty list from a program is valid. An empty text is a mistake.
    const texts = Array.from(items, (item) => text.read(item));
    return texts.every((item) => item !== undefined) ? texts : undefined;
  },
};

/** An id that becomes part of an address. */
export const identifier: OptionKind<string> = pattern(
  "an id without spaces, slashes, commas, question marks or number signs",
  /^[^\s/?#,\p{Cc}]+$/u,
);

/** A host to listen on. */
export const hostName: OptionKind<string> = pattern(
  "a host name or an IP address, without a port",
  /^(?:[\w.-]+|[\da-f.:]*:[\da-f.:]*)$/i,
);

export const identifierList: OptionKind<readonly string[]> = {
  expected: `${identifier.expected}, or several with commas between them, each once`,
  separator,
  read(value) {
    const ids = textList.read(value)?.map((id) => identifier.read(id));
    if (ids === undefined || ids.length === 0 || new Set(ids).size < ids.length) return undefined;
    return ids.every((id) => id !== undefined) ? ids : undefined;
  },
};

/** An id that is not a number to JavaScript. */
export const namedIdentifier: OptionKind<string> = {
  expected: `${identifier.expected} that is not a number`,
  read(value) {
    const id = identifier.read(value);
    return id !== undefined && Number.isNaN(Number(id)) ? id : undefined;
  },
};

/** A key that is sent in an HTTP header; other characters would make the request fail. */
export const headerText: OptionKind<string> = pattern("printable ASCII characters without spaces", /^[\x21-\x7e]+$/);

export const count: OptionKind<number> = {
  expected: "a whole number, 0 or more",
  read(value) {
    const number = numberOf(value);
    return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
  },
};

export const positiveCount: OptionKind<number> = {
  expected: "a whole number, 1 or more",
  read: (value) => count.read(value) || undefined,
};

export const port: OptionKind<number> = {
  expected: "a port from 0 to 65535; 0 chooses a free one",
  read(value) {
    const number = count.read(value);
    return number !== undefined && number <= 65_535 ? number : undefined;
  },
};

export const dollars: OptionKind<number> = {
  expected: "a number of dollars, 0 or more, as in 0.50",
  read(value) {
    const number = numberOf(value);
    return number >= 0 && number < Infinity ? number : undefined;
  },
};

/** A duration in seconds, fractions allowed. */
export const seconds: OptionKind<number> = {
  expected: `a number of seconds above 0 and at most ${longestTimeout}`,
  read(value) {
    const number = numberOf(value);
    return number > 0 && number <= longestTimeout ? number : undefined;
  },
};

/** Reads a number, or text of digits and a decimal point. Returns `NaN` for everything else (`0x10`, `1e3`, `30s`). */
function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : NaN;
}

const truth = new Map([["true", true], ["yes", true], ["1", true], ["false", false], ["no", false], ["0", false]]);

export const truthValue: OptionKind<boolean> = {
  expected: "true, false, yes, no, 1 or 0",
  read(value) {
    if (typeof value === "boolean") return value;
    return typeof value === "string" ? truth.get(value.trim().toLowerCase()) : undefined;
  },
};

/** One of a few words, at least two. */
export function oneOf<const Word extends string>(words: readonly Word[]): OptionKind<Word> {
  return {
    expected: `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
    read: (value) => words.find((word) => typeof value === "string" && word === value.trim().toLowerCase()),
  };
}

/** An address with one of the schemes, such as `ws` and `wss`. */
export function address(...schemes: readonly string[]): OptionKind<string> {
  return {
    expected: `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
    read(value) {
      if (typeof value !== "string") return undefined;
      const url = URL.parse(value.trim());
      const written = schemes.some((scheme) => value.trim().toLowerCase().startsWith(`${scheme}://`));
      return url !== null && written ? value.trim() : undefined;
    },
  };
}
