/**
 * The lexer rules for Python source. They reproduce the tokens of the Python lexer in Pygments 2.20.
 *
 * @module
 */

import type { CodeKind } from "./code_kind.ts";
import { type CodeToken, groups, type LexerRule, type LexerState, tokenize, whole } from "./rule_lexer.ts";
import {
  BUILTIN_NAMES,
  EXCEPTION_NAMES,
  EXPRESSION_KEYWORDS,
  SPECIAL_NAMES,
  STATEMENT_KEYWORDS,
  WORD_OPERATORS,
} from "./pygments_names.ts";
import { stringRule } from "./string_rules.ts";

const NAME = /[\p{XIDS}_]\p{XIDC}*/uy;

/** The end of a word: no further letter of a name follows. */
const WORD_END = String.raw`(?!\p{XIDC})`;
const LINE_START = String.raw`(?<![^\n])`;

/** The white space that is highlighted with a keyword. */
const GAP = String.raw`((?:\s|\\\s)+)`;

/** Numbers; those with a fraction or an exponent come first. As in Pygments, a `j` is included only after an exponent. */
const NUMBER = new RegExp(
  [
    String.raw`(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|(?:\d(?:_?\d)*)?\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?`,
    String.raw`\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*j?`,
    "0[oO](?:_?[0-7])+",
    "0[bB](?:_?[01])+",
    "0[xX](?:_?[a-fA-F0-9])+",
    String.raw`\d(?:_?\d)*`,
  ].join("|"),
  "y",
);

/** Text after `match` and `case` that shows that they are names: an operator, or a keyword that continues an expression. */
const NO_PATTERN =
  String.raw`(?![ \t]*(?:[:,;=^&|@~)\]}]|(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|` +
  String
    .raw`finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)${WORD_END}))`;

/** Ends a state if none of its other rules match. */
const OTHERWISE: LexerRule = { pattern: /(?:)/y, tokens: () => [], next: "end" };

/** Tokenizes a name by its meaning in any context. After a dot, a name is never built-in. */
function nameTokens(keywords: ReadonlySet<string>): LexerRule["tokens"] {
  const kindOf = (name: string, isAttribute: boolean): CodeKind | undefined => {
    if (keywords.has(name)) return "keyword";
    if (WORD_OPERATORS.has(name)) return "word operator";
    if (!isAttribute && BUILTIN_NAMES.has(name)) return "builtin";
    if (!isAttribute && EXCEPTION_NAMES.has(name)) return "exception";
    return SPECIAL_NAMES.has(name) ? "function" : undefined;
  };
  return ({ 0: text, index, input }) => [{ kind: kindOf(text, input[index - 1] === "."), text }];
}

const string = stringRule(() => expressionRules(EXPRESSION_KEYWORDS, /(?:yield from|async for)(?!\p{XIDC})/uy));

function expressionRules(keywords: ReadonlySet<string>, phrases: RegExp): LexerState {
  return [
    string,
    { pattern: /[^\S\n]+/y, tokens: whole() },
    { pattern: NUMBER, tokens: whole("number") },
    { pattern: phrases, tokens: whole("keyword") },
    { pattern: NAME, tokens: nameTokens(keywords) },
    { pattern: /@[\p{XIDS}_]\p{XIDC}*/uy, tokens: whole("decorator") },
  ];
}

/** The name after `def`. */
const functionName: LexerState = [
  { pattern: NAME, tokens: whole("function"), next: "end" },
  OTHERWISE,
];

/** The name after `class`, even if other tokens come first. */
const className: LexerState = [{ pattern: NAME, tokens: whole("class"), next: "end" }];

/** The modules after `import`. */
const modules: LexerState = [
  { pattern: /(\s+)(as)(\s+)/y, tokens: groups("space", "keyword", "space") },
  { pattern: /\./y, tokens: whole("class") },
  { pattern: NAME, tokens: whole("class") },
  { pattern: /(\s*)(,)(\s*)/y, tokens: groups("space", undefined, "space") },
  OTHERWISE,
];

/** The module after `from`. The cause of an exception, as in `raise ... from`, is highlighted in the same way. */
const module: LexerState = [
  { pattern: new RegExp(String.raw`(\s+)(import)${WORD_END}`, "uy"), tokens: groups("space", "keyword"), next: "end" },
  { pattern: /\./y, tokens: whole("class") },
  { pattern: new RegExp(`None${WORD_END}`, "uy"), tokens: whole("keyword"), next: "end" },
  { pattern: NAME, tokens: whole("class") },
  OTHERWISE,
];

/** The pattern after `match` and `case`, in which `_` is a keyword. */
const pattern: LexerState = [
  {
    pattern: new RegExp(String.raw`(\s+)([^\n_]*)(_${WORD_END})`, "uy"),
    tokens: ([, blanks, code, wildcard]): CodeToken[] => [
      { kind: "space", text: blanks },
      ...tokenize(code, pythonRules),
      { kind: "keyword", text: wildcard },
    ],
  },
  OTHERWISE,
];

/** The rules for complete source. */
export const pythonRules: LexerState = [
  { pattern: /\n/y, tokens: whole() },
  ...['"""', "'''"].map((quote) => ({
    pattern: new RegExp(`${LINE_START}([^\\S\\n]*)([rRuUbB]{0,2})(${quote}[^]*?${quote})`, "y"),
    tokens: groups("space", "string", "docstring"),
  })),
  { pattern: /#[^\n]*/y, tokens: whole("comment") },
  {
    pattern: new RegExp(`${LINE_START}([ \\t]*)(match|case)${WORD_END}${NO_PATTERN}`, "uy"),
    tokens: groups(undefined, "keyword"),
    next: () => pattern,
  },
  { pattern: new RegExp(`(def)${GAP}`, "y"), tokens: groups("keyword", "space"), next: () => functionName },
  { pattern: new RegExp(`(class)${GAP}`, "y"), tokens: groups("keyword", "space"), next: () => className },
  { pattern: new RegExp(`(from)${GAP}`, "y"), tokens: groups("keyword", "space"), next: () => module },
  { pattern: new RegExp(`(import)${GAP}`, "y"), tokens: groups("keyword", "space"), next: () => modules },
  ...expressionRules(STATEMENT_KEYWORDS, new RegExp(`yield from${WORD_END}`, "uy")),
];
