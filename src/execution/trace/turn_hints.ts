/**
 * Finds what a cell's turn says besides the cell's text.
 *
 * @module
 */

/** The line of the prompt, in front of the code, and the hint behind the prompt. */
const PROMPT = /^In \[\d+\]:(.*)\n$/;

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
  const prompt = promptBefore(content, at);
  const around = [
    ...prompt === undefined ? [] : [content.slice(0, prompt.index), prompt.hint],
    content.slice(at + code.length),
  ];
  return around.map((text) => text.trim()).filter((text) => text !== "");
}

/** Finds where a cell begins in its turn, its prompt included; 0 where it does not stand there. */
export function beginningOf(content: string, code: string): number {
  const at = Math.max(content.lastIndexOf(code), 0);
  return promptBefore(content, at)?.index ?? at;
}

/** Reads the line that ends in front of a place, if it is a prompt. */
function promptBefore(content: string, at: number): { index: number; hint: string } | undefined {
  const index = at < 2 ? 0 : content.lastIndexOf("\n", at - 2) + 1;
  const prompt = PROMPT.exec(content.slice(index, at));
  return prompt === null ? undefined : { index, hint: prompt[1] };
}
