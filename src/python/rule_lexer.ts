/**
 * Tokenizes a text by rules, as Pygments' `RegexLexer` does.
 *
 * @module
 */

import type { CodeKind } from "./code_kind.ts";

export interface CodeToken {
  /** `undefined` for plain text such as a name. */
  kind: CodeKind | undefined;
  /** May span lines. */
  text: string;
}

/** The rules of a state, in order of priority. */
export type LexerState = readonly LexerRule[];

export interface LexerRule {
  /**
   * The text that the rule matches. The expression must be sticky (`y`). It may match the empty text only if the rule ends the
   * state.
   */
  pattern: RegExp;
  /** Returns the tokens of a match. */
  tokens: (match: RegExpExecArray) => readonly CodeToken[];
  /** The next state: a new state on top of this one, or `end` to return to the state below. Default: stay in this state. */
  next?: "end" | ((match: RegExpExecArray) => LexerState);
}

/** Makes the whole match one token. */
export function whole(kind?: CodeKind): LexerRule["tokens"] {
  return ([text]) => [{ kind, text }];
}

/** Makes each group of the match a token. Empty groups are left out. */
export function groups(...kinds: (CodeKind | undefined)[]): LexerRule["tokens"] {
  return ([, ...texts]) => texts.map((text, index) => ({ kind: kinds[index], text })).filter(({ text }) => text);
}

/**
 * Tokenizes a text. The tokens joined together give the same text. A character that no rule matches becomes a token without a kind.
 * A newline that no rule matches also ends all states: an unclosed string ends with its line.
 *
 * @param root the initial state
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
