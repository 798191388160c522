/**
 * Python source, painted by what its pieces are.
 *
 * @module
 */

import type { CodeKind } from "./code_kind.ts";
import { tokenize } from "./rule_lexer.ts";
import { pythonRules } from "./python_rules.ts";

/** How each kind is painted: takes the part of a piece that is on one line. A kind that is absent stays plain. */
export type CodePalette = Readonly<Partial<Record<CodeKind, (text: string) => string>>>;

/**
 * Paints Python, each piece by itself, as Pygments cuts it. It takes pieces of code that do not stand alone, as tracebacks show them, and
 * code that is still being typed.
 *
 * @param code the source, without control sequences
 * @param palette how to paint; its texts span no lines, so that lines can be taken apart
 */
export function highlightPython(code: string, palette: CodePalette): string {
  return tokenize(code, pythonRules).map(({ kind, text }) => {
    const paint = kind === undefined ? undefined : palette[kind];
    return paint === undefined ? text : text.replace(/[^\n]+/g, paint);
  }).join("");
}
