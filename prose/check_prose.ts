/**
 * Checks files for turns of phrase to avoid.
 *
 * @module
 */

import { findTurns } from "./find_turns.ts";
import { listProseFiles, readProse } from "./prose_files.ts";

export interface ProseReport {
  /** A line for each turn, `file:line: "words" (turn): write ...`, and a summary. */
  report: string;
  count: number;
}

/**
 * Checks files and folders.
 *
 * @param root the folder of the project, with a slash at its end
 * @param paths files and folders, relative to `root`; `.` is all of it
 * @throws {Error} if a path does not exist or contains nothing to check
 */
export async function checkProse(root: string, paths: readonly string[]): Promise<ProseReport> {
  const files = await listProseFiles(root);
  const wanted = new Set<string>();
  for (const path of paths) {
    const found = files.filter((file) => isWithin(file, path));
    if (found.length === 0) {
      throw new Error(`${path}: no TypeScript or Markdown file here; the path is relative to ${root}`);
    }
    for (const file of found) wanted.add(file);
  }
  const lines: string[] = [];
  for (const file of wanted) {
    for (const { line, words, turn } of findTurns(readProse(file, await Deno.readTextFile(root + file)))) {
      lines.push(`${file}:${line}: "${words}" (${turn.turn}): write ${turn.write}`);
    }
  }
  const summary = lines.length === 0
    ? `${wanted.size} files are free of the turns in prose/turns.ts`
    : `${lines.length} turns to rewrite in ${wanted.size} files; prose/turns.ts lists them`;
  return { report: [...lines, summary, ""].join("\n"), count: lines.length };
}

function isWithin(file: string, path: string): boolean {
  if (path === "." || path === "./") return true;
  return file === path || file.startsWith(path.endsWith("/") ? path : `${path}/`);
}
