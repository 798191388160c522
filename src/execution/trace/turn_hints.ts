/**
 * Finds what a cell's turn says besides the cell's text.
 *
 * @module
 */

/** The line of the prompt, in front of the code, and the hint behind the prompt. */
const PROMPT = /(?<=^|\n)In \[\d+\]:[^\S\n]*([^\n]*)\n$/;

/**
 * Lists the texts around a cell: what stands before it (files), the hint behind the prompt, and what stands behind it. What stands
 * before a question, which has no prompt, is the notebook and no hint.
 *
 * @param content the turn
 * @param code the cell's text, as it was sent
 * @returns the texts in their order, each as it stands in the turn
 */
export function hintsOf(content: string, code: string): string[] {
  const at = content.lastIndexOf(code);
  if (at === -1) return [];
  const before = content.slice(0, at);
  const prompt = PROMPT.exec(before);
  const around = [
    ...prompt === null ? [] : [before.slice(0, prompt.index), prompt[1]],
    content.slice(at + code.length),
  ];
  return around.map((text) => text.trim()).filter((text) => text !== "");
}

/** Finds where a cell begins in its turn, its prompt included; 0 where it does not stand there. */
export function beginningOf(content: string, code: string): number {
  const at = Math.max(content.lastIndexOf(code), 0);
  return PROMPT.exec(content.slice(0, at))?.index ?? at;
}
