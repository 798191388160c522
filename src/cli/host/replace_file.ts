/**
 * Replaces a file at one stroke: whoever reads it sees the old content or the new one, never half of either.
 *
 * @module
 */

import type { Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { node } from "./node_builtin.ts";

/** The parts of a file's mode that `chmod` sets. */
const PERMISSIONS = 0o7777;

/**
 * Makes sure that a file can be replaced, and leaves everything as it is.
 *
 * @throws as `node:fs` does: there is no such folder, no permission, or something that is no file
 */
export function checkReplaceable(path: string): void {
  const { target, stats } = resolve(path);
  if (stats !== undefined && !stats.isFile()) {
    const code = stats.isDirectory() ? "EISDIR" : "EINVAL";
    throw Object.assign(new Error(`${code}: not a file, '${path}'`), { code });
  }
  if (stats !== undefined) node.fs.accessSync(target, node.fs.constants.W_OK);
  const temporary = temporaryName(target);
  node.fs.closeSync(node.fs.openSync(temporary, "wx"));
  node.fs.rmSync(temporary);
}

/**
 * Writes a file anew, by writing another one beside it and giving that its name. A link stays a link, and permissions stay.
 *
 * @throws as `node:fs` does; the file is as it was then
 */
export function replaceFile(path: string, content: string): void {
  const { target, stats } = resolve(path);
  const temporary = temporaryName(target);
  try {
    const file = node.fs.openSync(temporary, "wx");
    try {
      node.fs.writeFileSync(file, content);
      node.fs.fsyncSync(file);
    } finally {
      node.fs.closeSync(file);
    }
    if (stats !== undefined) node.fs.chmodSync(temporary, stats.mode & PERMISSIONS);
    node.fs.renameSync(temporary, target);
  } catch (error) {
    node.fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** The file that a path leads to, through links. */
function resolve(path: string): { target: string; stats?: Stats } {
  try {
    const target = node.fs.realpathSync(path);
    return { target, stats: node.fs.statSync(target) };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    return { target: path };
  }
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}.tmp`);
}
