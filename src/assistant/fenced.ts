/**
 * Fenced blocks of Markdown: a text put into one, and the texts of those that there are.
 *
 * @module
 */

/** The shortest fence. */
const FENCE_LENGTH = 3;

/**
 * Fences a text with more backticks than it has in a row, so that nothing in it ends the block.
 *
 * @param language what stands behind the fence: `python`. Default: nothing
 */
export function fenced(text: string, language = ""): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(FENCE_LENGTH, ...runs.map((length) => length + 1)));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** Finds the texts of a Markdown text's fenced blocks, in order. A block that is not closed goes to the end. */
export function fencedBlocks(markdown: string): string[] {
  const blocks: string[][] = [];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const [, mark] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      blocks.push([]);
    } else if (fence !== undefined && line.trim() === fence) fence = undefined;
    else if (fence !== undefined) blocks.at(-1)!.push(line);
  }
  return blocks.map((lines) => lines.join("\n"));
}
