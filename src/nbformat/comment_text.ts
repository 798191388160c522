/**
 * The text of a cell that is not code, in a Python file: in comments, or in a long string.
 *
 * @module
 */

/** A triple-quoted string, raw or not. */
const LONG_STRING = /^[rRuU]{0,2}("""|''')\n?([^]*?)\n?\1$/;

/** Whether a text has no lines but comments and blank ones. */
export function isComment(text: string): boolean {
  return text.split("\n").every((line) => line.trim() === "" || line.startsWith("#"));
}

/** The text without the signs of comments, or without the quotes of a long string; any other text is left as it is. */
export function commentText(body: string): string {
  if (isComment(body)) return body.split("\n").map((line) => line.replace(/^# ?/, "")).join("\n");
  return LONG_STRING.exec(body)?.[2] ?? body;
}
