/**
 * Finds what a cell's turn says besides the cell's code.
 *
 * @module
 */

/** The line of the prompt, in front of the code, and the hint behind the prompt. */
const PROMPT = /(?:^|\n)In \[\d+\]:[^\S\n]*([^\n]*)\n$/;

/**
 * Lists the texts around the code: what stands before the cell (files), the hint behind the prompt, and what stands behind the cell.
 *
 * @param content the turn
 * @param code the cell's code, as it was sent
 * @returns the texts in their order, each as it stands in the turn
 */
export function hintsOf(content: string, code: string): string[] {
  const at = content.lastIndexOf(code);
  if (at === -1) return [];
  const before = content.slice(0, at);
  const [line, hint] = PROMPT.exec(before) ?? ["", ""];
  const around = [before.slice(0, before.length - line.length), hint, content.slice(at + code.length)];
  return around.map((text) => text.trim()).filter((text) => text !== "");
}
