/**
 * Replaces a file atomically: a reader sees either the old content or the new content, never a part.
 *
 * @module
 */

import type { Stats } from "node:fs";
import { basename, dirname, join, resolve as resolvePath } from "node:path";
import { errorCode } from "../files/error_code.ts";
import { node } from "./node_builtin.ts";

/** The bits of a file's mode that `chmod` can set. */
const PERMISSIONS = 0o7777;

/**
 * Checks that a file can be replaced, and changes nothing.
 *
 * @throws as `node:fs` does, if the folder does not exist, the permission is missing, or the path is not a file
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
 * Replaces a file: writes a temporary file in the same folder and renames it. The target of a symbolic link is replaced, not the link.
 *
 * @param mode the file's permissions. Default: its current ones, or those of a new file
 * @throws as `node:fs` does; the file is then unchanged
 */
export function replaceFile(path: string, content: string, mode?: number): void {
  const { target, stats } = resolve(path);
  const temporary = temporaryName(target);
  const permissions = mode ?? (stats && stats.mode & PERMISSIONS);
  try {
    const file = node.fs.openSync(temporary, "wx", permissions);
    try {
      node.fs.writeFileSync(file, content);
      node.fs.fsyncSync(file);
    } finally {
      node.fs.closeSync(file);
    }
    if (permissions !== undefined) node.fs.chmodSync(temporary, permissions);
    node.fs.renameSync(temporary, target);
  } catch (error) {
    node.fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Follows the symbolic links of a path to the file, which need not exist. */
function resolve(path: string): { target: string; stats?: Stats } {
  try {
    const target = node.fs.realpathSync(path);
    return { target, stats: node.fs.statSync(target) };
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    const link = linkAt(path);
    return link === undefined ? { target: path } : resolve(resolvePath(dirname(path), link));
  }
}

/** Returns the target of a symbolic link; `undefined` if the path is not a link. */
function linkAt(path: string): string | undefined {
  try {
    return node.fs.readlinkSync(path);
  } catch {
    return undefined;
  }
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}.tmp`);
}
