/**
 * Finds a string that is open at the end of a line.
 *
 * @module
 */

const STRING_OR_COMMENT = /#.*|(\b[rRbBuUfF]{1,2})?("""|'''|"|')/g;

/**
 * Returns the content of the string that is open at the end of a line; `undefined` without one, and in the braces of an f-string, which
 * contain code.
 *
 * @param line the line before the cursor
 */
export function openString(line: string): string | undefined {
  STRING_OR_COMMENT.lastIndex = 0;
  for (let begin = STRING_OR_COMMENT.exec(line); begin !== null; begin = STRING_OR_COMMENT.exec(line)) {
    const [, prefix = "", quotes] = begin;
    if (quotes === undefined) return undefined;
    const from = STRING_OR_COMMENT.lastIndex;
    const end = endOfString(line, from, quotes);
    if (end === undefined) {
      const text = line.slice(from);
      return /f/i.test(prefix) && text.lastIndexOf("{") > text.lastIndexOf("}") ? undefined : text;
    }
    STRING_OR_COMMENT.lastIndex = end;
  }
  return undefined;
}

function endOfString(line: string, from: number, quotes: string): number | undefined {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at += 1;
    else if (line.startsWith(quotes, at)) return at + quotes.length;
  }
  return undefined;
}
