/**
 * Replaces a file at one stroke: whoever reads it sees the old content or the new one, never half of either.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

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
  if (stats !== undefined) accessSync(target, constants.W_OK);
  const temporary = temporaryName(target);
  closeSync(openSync(temporary, "wx"));
  rmSync(temporary);
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
    const file = openSync(temporary, "wx");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (stats !== undefined) chmodSync(temporary, stats.mode & PERMISSIONS);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The file that a path leads to, through links. */
function resolve(path: string): { target: string; stats?: Stats } {
  try {
    const target = realpathSync(path);
    return { target, stats: statSync(target) };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    return { target: path };
  }
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
}
