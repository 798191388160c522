/**
 * Reads the text of a cell that is not code in a Python file, from comments or a long string.
 *
 * @module
 */

/** A triple-quoted string, raw or not. */
const LONG_STRING = /^[rRuU]{0,2}("""|''')\n?([^]*?)\n?\1$/;

/** Returns whether a text consists only of comments and blank lines. */
export function isComment(text: string): boolean {
  return text.split("\n").every((line) => line.trim() === "" || line.startsWith("#"));
}

/** Returns the text without the `#` of comments, or without the quotes of a long string; any other text is returned unchanged. */
export function commentText(body: string): string {
  if (isComment(body)) return body.split("\n").map((line) => line.replace(/^# ?/, "")).join("\n");
  return LONG_STRING.exec(body)?.[2] ?? body;
}
