/**
 * The question of "Ask AI to fix".
 *
 * @module
 */

/**
 * Writes the question as the notebook app does, so that a runtime recognizes it: the error as indented JSON in a block.
 *
 * @param data an error output's `{ename, evalue, traceback}` in JSON
 * @returns the text of the cell; `undefined` when the data is not JSON
 */
export function fixRequest(data: string | null): string | undefined {
  try {
    return `Fix the error:\n \`\`\`json\n${JSON.stringify(JSON.parse(data ?? ""), null, 2)}\n\`\`\`\n`;
  } catch {
    return undefined;
  }
}
