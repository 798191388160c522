/**
 * Finds what a cell's turn says besides the cell's code.
 *
 * @module
 */

/** The prompt that a cell's turn begins with. */
const PROMPT = /^In \[\d+\]: ?/;

/**
 * Lists the texts around the code: the hint behind the prompt, and what stands before or behind the cell.
 *
 * @param content the turn
 * @param code the cell's code, as it was sent
 * @returns the texts in their order, each as it stands in the turn
 */
export function hintsOf(content: string, code: string): string[] {
  const at = content.lastIndexOf(code);
  const around = at === -1 ? [firstLine(content)] : [content.slice(0, at), content.slice(at + code.length)];
  return around.map((text) => text.replace(PROMPT, "").trim()).filter((text) => text !== "");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0];
}
