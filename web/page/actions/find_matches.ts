/**
 * Finds and replaces in a text.
 *
 * @module
 */

export interface FindQuery {
  text: string;
  replacement: string;
  isCaseSensitive: boolean;
  /** Whether the characters around a match must not be letters, digits or underscores. */
  isWholeWord: boolean;
  /** Whether the text is a regular expression of JavaScript with the flags `m` and `u`; the replacement may have `$1`, `$<name>`, `$&`. */
  isExpression: boolean;
}

/** A match in a text. Positions are in UTF-16 code units. */
export interface Match {
  from: number;
  to: number;
  /** The text that replaces it. */
  replacement: string;
}

/** The expression of a search: none if the search is empty, or the reason the text is not a valid regular expression. */
export type Pattern = { expression: RegExp; problem?: undefined } | { expression?: undefined; problem?: string };

const WORD = "[\\p{L}\\p{N}_]";

export function patternOf({ text, isCaseSensitive, isWholeWord, isExpression }: FindQuery): Pattern {
  if (text === "") return {};
  const flags = isCaseSensitive ? "gmu" : "gimu";
  try {
    // Compiled alone first, so that a surplus parenthesis does not close the group below.
    const { source } = new RegExp(isExpression ? text : escaped(text), flags);
    return {
      expression: isWholeWord ? new RegExp(`(?<!${WORD})(?:${source})(?!${WORD})`, flags) : new RegExp(source, flags),
    };
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: .*: /s, "");
    return { problem: `“${text}” is not a regular expression: ${reason}.` };
  }
}

/** Finds all matches in a text, in order. */
export function findMatches(text: string, expression: RegExp, { replacement, isExpression }: FindQuery): Match[] {
  return Array.from(text.matchAll(expression), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    replacement: isExpression ? expanded(replacement, match) : replacement,
  }));
}

/** Replaces matches, which must be in order. */
export function replaceMatches(text: string, matches: readonly Match[]): string {
  let replaced = "";
  let from = 0;
  for (const match of matches) {
    replaced += text.slice(from, match.from) + match.replacement;
    from = match.to;
  }
  return replaced + text.slice(from);
}

/**
 * Expands `$1`, `$<name>` and `$&`. A group that does not exist is kept as it is written; one that matched nothing becomes empty.
 */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(?:([$&])|(\d{1,2})|<([^>]*)>)/g, (whole, sign, number, name) => {
    if (sign !== undefined) return sign === "$" ? "$" : match[0];
    if (number !== undefined) return Number(number) < match.length ? match[Number(number)] ?? "" : whole;
    return Object.hasOwn(match.groups ?? {}, name) ? match.groups![name] ?? "" : whole;
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
