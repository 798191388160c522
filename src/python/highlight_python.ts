/**
 * Highlights Python source.
 *
 * @module
 */

import type { CodeKind } from "./code_kind.ts";
import { tokenize } from "./rule_lexer.ts";
import { pythonRules } from "./python_rules.ts";

/**
 * Functions that format a token, by kind. Each receives the part of a token that is on one line. Kinds without a function stay
 * plain.
 */
export type CodePalette = Readonly<Partial<Record<CodeKind, (text: string) => string>>>;

/**
 * Highlights Python source with the tokens of Pygments. Accepts incomplete code, for example lines of a traceback or code that is
 * still being typed.
 *
 * @param code the source, without control sequences
 * @param palette the functions that format tokens; line breaks are never passed to them, so that the result can be split into lines
 */
export function highlightPython(code: string, palette: CodePalette): string {
  return tokenize(code, pythonRules).map(({ kind, text }) => {
    const paint = kind === undefined ? undefined : palette[kind];
    return paint === undefined ? text : text.replace(/[^\n]+/g, paint);
  }).join("");
}
