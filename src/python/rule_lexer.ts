/**
 * Cuts a text into tokens by rules, as Pygments' `RegexLexer` does.
 *
 * @module
 */

import type { CodeKind } from "./code_kind.ts";

/** A piece of source. */
export interface CodeToken {
  /** What it is; `undefined` for what has no kind, such as a name. */
  kind: CodeKind | undefined;
  /** Its text, which may span lines. */
  text: string;
}

/** What is read in one state: the first rule that matches counts. */
export type LexerState = readonly LexerRule[];

/** A rule of a state. */
export interface LexerRule {
  /** What it reads; sticky. It may match nothing, if it ends the state. */
  pattern: RegExp;
  /** The tokens of what was read. */
  tokens: (match: RegExpExecArray) => readonly CodeToken[];
  /** What comes after it: another state on top of this one, or the state below. Default: the same state. */
  next?: "end" | ((match: RegExpExecArray) => LexerState);
}

/** The whole match as one token. */
export function whole(kind?: CodeKind): LexerRule["tokens"] {
  return ([text]) => [{ kind, text }];
}

/** Each group of the match as a token; those that matched nothing are left out. */
export function groups(...kinds: (CodeKind | undefined)[]): LexerRule["tokens"] {
  return ([, ...texts]) => texts.map((text, index) => ({ kind: kinds[index], text })).filter(({ text }) => text);
}

/**
 * Cuts a text. What no rule reads is a token without a kind, and a newline that no rule reads ends all states: a string that was not
 * closed ends with its line.
 *
 * @param text the text; the tokens together are the same again
 * @param root the state in which it begins
 */
export function tokenize(text: string, root: LexerState): CodeToken[] {
  const tokens: CodeToken[] = [];
  const states = [root];
  for (let at = 0; at < text.length;) {
    const found = firstMatch(text, at, states.at(-1)!);
    if (found === undefined) {
      if (text[at] === "\n") states.splice(1);
      tokens.push({ kind: undefined, text: text[at++] });
      continue;
    }
    const { match, rule } = found;
    at += match[0].length;
    if (match[0] !== "") tokens.push(...rule.tokens(match));
    if (rule.next === "end") states.pop();
    else if (rule.next !== undefined) states.push(rule.next(match));
  }
  return tokens;
}

function firstMatch(
  text: string,
  at: number,
  state: LexerState,
): { match: RegExpExecArray; rule: LexerRule } | undefined {
  for (const rule of state) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    if (match !== null) return { match, rule };
  }
  return undefined;
}
