/**
 * The lexer rules for Python strings. They reproduce the tokens of Pygments.
 *
 * @module
 */

import { groups, type LexerRule, type LexerState, whole } from "./rule_lexer.ts";

/** A string's prefix and its quote. */
const START = /([rR][fFtTbB]?|[fFtTbB][rR]|[fFtTbBuU]?)("""|'''|"|')/y;

const NAMED_ESCAPE = /\\(?:N\{[^\n]*?\}|u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8})/y;
const ESCAPE = /\\(?:[\\abfnrtv"'\n]|x[a-fA-F0-9]{2}|[0-7]{1,3})/y;

/** In a single-line string, a backslash keeps the quote, even in a raw string. */
const KEPT = { "'": /\\[\\'\n]/y, '"': /\\[\\"\n]/y };

/** `%(name)5.2f`. */
const PERCENT = /%(?:\([\p{L}\p{N}_]+\))?[-#0 +]*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*))?[hlL]?[E-GXc-giorsaux%]/uy;

/** `{name[0].field!r:>5}`. An index may have at most a hundred characters. */
const FIELD = new RegExp(
  String.raw`\{(?:[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+|\[[^\]]{1,100}\])*)?(?:![sra])?` +
    String.raw`(?::(?:[^\n]?[<>=^])?[-+ ]?#?0?\d*,?(?:\.\d+)?[E-GXb-gnosx%]?)?\}`,
  "uy",
);

/** The end of the expression in a field of an f-string: a brace, or the colon before the format. */
const FIELD_END = /(?:=\s*)?(?:![sraf])?[}:]/y;

/**
 * Returns the rule that matches the beginning of a string.
 *
 * @param expression returns the rules of expressions, which occur in the fields of f-strings
 */
export function stringRule(expression: () => LexerState): LexerRule {
  const states = new Map<string, LexerState>();
  return {
    pattern: START,
    tokens: groups("string", "string"),
    next([start, prefix, quote]) {
      const known = states.get(start);
      const state = known ?? stringState(prefix.toLowerCase(), quote, expression);
      if (known === undefined) states.set(start, state);
      return state;
    },
  };
}

function stringState(prefix: string, quote: string, expression: () => LexerState): LexerState {
  const isLong = quote.length === 3;
  const isFormatted = /[ft]/.test(prefix);
  const escapes = [
    ...(isFormatted ? [/\{\{|\}\}/y] : []),
    ...(prefix.includes("r") ? [] : prefix === "b" ? [ESCAPE] : [NAMED_ESCAPE, ESCAPE]),
  ];
  return [
    ...escapes.map((pattern) => ({ pattern, tokens: whole("escape") })),
    { pattern: new RegExp(quote, "y"), tokens: whole("string"), next: "end" },
    ...(isLong ? [] : [{ pattern: KEPT[quote as "'" | '"'], tokens: whole("escape") }]),
    ...(isFormatted ? formattedText(expression) : plainText),
    { pattern: isLong ? /['"\\\n]/y : /['"\\]/y, tokens: whole("string") },
  ];
}

const plainText: LexerState = [
  { pattern: PERCENT, tokens: whole("interpolation") },
  { pattern: FIELD, tokens: whole("interpolation") },
  { pattern: /[^\\'"%{\n]+|%|\{\{?/y, tokens: whole("string") },
];

function formattedText(expression: () => LexerState): LexerState {
  return [
    { pattern: /\}/y, tokens: whole("interpolation") },
    { pattern: /\{/y, tokens: whole("interpolation"), next: () => fieldState(expression()) },
    { pattern: /[^\\'"{}\n]+/y, tokens: whole("string") },
  ];
}

function fieldState(expression: LexerState): LexerState {
  const bracketed: LexerRule[] = [
    { pattern: /[{([]/y, tokens: whole(), next: () => bracketed },
    { pattern: /[\])}]/y, tokens: whole(), next: "end" },
    { pattern: /\s+/y, tokens: whole("space") },
    ...expression,
  ];
  return [
    bracketed[0],
    { pattern: FIELD_END, tokens: whole("interpolation"), next: "end" },
    { pattern: /\s+/y, tokens: whole("space") },
    ...expression,
  ];
}
