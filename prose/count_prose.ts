/**
 * Counts code lines, comment lines and turns of phrase in the whole project.
 *
 * @module
 */

import { countLines } from "./count_lines.ts";
import { findTurns } from "./find_turns.ts";
import { listProseFiles, readProse } from "./prose_files.ts";

interface Counts {
  code: number;
  comments: number;
  turns: number;
}

/**
 * Counts TypeScript by top-level folder, and Markdown as `*.md`.
 *
 * @param root the folder of the project, with a slash at its end
 * @returns a table
 */
export async function countProse(root: string): Promise<string> {
  const folders = new Map<string, Counts>();
  const total: Counts = { code: 0, comments: 0, turns: 0 };
  for (const file of await listProseFiles(root)) {
    const source = await Deno.readTextFile(root + file);
    const isMarkdown = file.endsWith(".md");
    const lines = isMarkdown ? { code: 0, comments: 0 } : countLines(file, source);
    const counts: Counts = { ...lines, turns: findTurns(readProse(file, source)).length };
    const folder = isMarkdown ? "*.md" : file.split("/")[0];
    const sum = folders.get(folder) ?? { code: 0, comments: 0, turns: 0 };
    for (const key of ["code", "comments", "turns"] as const) {
      sum[key] += counts[key];
      total[key] += counts[key];
    }
    folders.set(folder, sum);
  }
  const rows = [...folders, ["all", total] as const].map(([folder, { code, comments, turns }]) =>
    [folder.padEnd(12), ...[code, comments, turns].map((figure) => figure.toLocaleString("en").padStart(15))].join("")
  );
  return ["folder           code lines  comment lines          turns", ...rows, ""].join("\n");
}
