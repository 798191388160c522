/**
 * What a person is looking for, found in a text, and what it is replaced by.
 *
 * @module
 */

/** What is looked for. */
export interface FindQuery {
  text: string;
  replacement: string;
  /** Whether small and capital letters differ. */
  isCaseSensitive: boolean;
  /** Whether it must stand between characters that are no letters, digits or underscores. */
  isWholeWord: boolean;
  /** Whether the text is a regular expression of JavaScript with the flags `m` and `u`; the replacement may have `$1`, `$<name>`, `$&`. */
  isExpression: boolean;
}

/** A place where it was found, in code units. */
export interface Match {
  from: number;
  to: number;
  /** What it is replaced by. */
  replacement: string;
}

/** An expression that finds it, nothing where nothing is looked for, or why the text is none. */
export type Pattern = { expression: RegExp; problem?: undefined } | { expression?: undefined; problem?: string };

const WORD = "[\\p{L}\\p{N}_]";

/** Makes the expression. */
export function patternOf({ text, isCaseSensitive, isWholeWord, isExpression }: FindQuery): Pattern {
  if (text === "") return {};
  const flags = isCaseSensitive ? "gmu" : "gimu";
  try {
    // Alone, so that a parenthesis too many is not closed by ours.
    const { source } = new RegExp(isExpression ? text : escaped(text), flags);
    return {
      expression: isWholeWord ? new RegExp(`(?<!${WORD})(?:${source})(?!${WORD})`, flags) : new RegExp(source, flags),
    };
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: .*: /s, "");
    return { problem: `“${text}” is not a regular expression: ${reason}.` };
  }
}

/** Finds all places in a text, from its beginning on. */
export function findMatches(text: string, expression: RegExp, { replacement, isExpression }: FindQuery): Match[] {
  return Array.from(text.matchAll(expression), (match) => ({
    from: match.index,
    to: match.index + match[0].length,
    replacement: isExpression ? expanded(replacement, match) : replacement,
  }));
}

/** The text with these places replaced, which follow each other. */
export function replaceMatches(text: string, matches: readonly Match[]): string {
  let replaced = "";
  let from = 0;
  for (const match of matches) {
    replaced += text.slice(from, match.from) + match.replacement;
    from = match.to;
  }
  return replaced + text.slice(from);
}

/** A group of which there is none is written as it stands; one that took no part is empty. */
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
