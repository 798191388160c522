/**
 * The question of "Ask AI to fix".
 *
 * @module
 */

/**
 * Writes the question in the notebook app's form, which runtimes recognize: the error as indented JSON in a code block.
 *
 * @param data an error output's `{ename, evalue, traceback}` in JSON
 * @returns the text of the cell; `undefined` if the data is not JSON
 */
export function fixRequest(data: string | null): string | undefined {
  try {
    return `Fix the error:\n \`\`\`json\n${JSON.stringify(JSON.parse(data ?? ""), null, 2)}\n\`\`\`\n`;
  } catch {
    return undefined;
  }
}
