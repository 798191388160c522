/**
 * Wraps text.
 *
 * @module
 */

/**
 * Wraps text between words. A word that is longer than a line is not split.
 *
 * @param columns the width of a line, in characters
 */
export function wrapWords(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const line = lines[lines.length - 1];
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
