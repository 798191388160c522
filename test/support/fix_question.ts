/**
 * The text of the AI cell that the app's "Fix Code with AI" adds.
 *
 * @module
 */

import type { ErrorOutput } from "../../src/execution/cell_output.ts";

/** Writes the data of a cell's error output as the app does: as indented JSON in a code block, after a space. */
export function fixQuestion({ ename, evalue, traceback }: Pick<ErrorOutput, "ename" | "evalue" | "traceback">): string {
  return `Fix the error:\n \`\`\`json\n${JSON.stringify({ ename, evalue, traceback }, null, 2)}\n\`\`\`\n`;
}
