/**
 * Finds the parts of a cell's message that do not belong to the cell.
 *
 * @module
 */

/** The line with the prompt before the code, and the hint after the prompt. */
const PROMPT = /^In \[\d+\]:(.*)\n$/;

/**
 * Lists the texts around a cell: the text before it (files), the hint after the prompt, and the text after it. A question has no
 * prompt. The text before it is the notebook, which is not a hint.
 *
 * @param code the cell's text, as it was sent
 * @returns the texts in order, unchanged
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

/** Returns the index at which a cell begins in its message, including its prompt, or 0 if the message does not contain the cell. */
export function beginningOf(content: string, code: string): number {
  const at = Math.max(content.lastIndexOf(code), 0);
  return promptBefore(content, at)?.index ?? at;
}

/** Parses the line that ends at an index, if it is a prompt. */
function promptBefore(content: string, at: number): { index: number; hint: string } | undefined {
  const index = at < 2 ? 0 : content.lastIndexOf("\n", at - 2) + 1;
  const prompt = PROMPT.exec(content.slice(index, at));
  return prompt === null ? undefined : { index, hint: prompt[1] };
}
