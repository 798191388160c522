/**
 * Writes and reads fenced code blocks in Markdown.
 *
 * @module
 */

/** The shortest fence. */
const FENCE_LENGTH = 3;

/**
 * Puts a text into a fenced block. The fence has more backticks than any sequence in the text, so that the text cannot close it.
 *
 * @param language the info string after the fence: `python`. Default: none
 */
export function fenced(text: string, language = ""): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  const fence = "`".repeat(Math.max(FENCE_LENGTH, ...runs.map((length) => length + 1)));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** Returns the contents of a Markdown text's fenced blocks, in order. A block that is not closed extends to the end. */
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
