/**
 * The files that `deno task prose` reads.
 *
 * @module
 */

import type { ProseItem } from "./prose_item.ts";
import { readMarkdown } from "./read_markdown.ts";
import { readTypeScript, splitName } from "./read_typescript.ts";

/** Folders that hold no prose of the project: packages, recorded data, build results. */
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", "coverage"]);

/**
 * Lists the TypeScript and Markdown files below a folder, sorted.
 *
 * @param root the folder's path, with a slash at its end
 * @returns paths relative to `root`
 */
export async function listProseFiles(root: string, folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(root + folder)) {
    if (isDirectory && !name.startsWith(".") && !SKIPPED_FOLDERS.has(name)) {
      files.push(...await listProseFiles(root, `${folder}${name}/`));
    }
    if (isFile && /\.(?:tsx?|md)$/.test(name)) files.push(folder + name);
  }
  return files.sort();
}

/** Reads the texts of a file; its own name is one of them. */
export function readProse(path: string, source: string): ProseItem[] {
  if (path.endsWith(".md")) return readMarkdown(source);
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return [{ kind: "name", line: 1, text: splitName(name) }, ...readTypeScript(path, source)];
}
