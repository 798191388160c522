/**
 * The folder for all data: notebooks, their list, and the secrets. Only its owner has access.
 *
 * @module
 */

import { statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileProblem } from "../../src/cli/files/file_problem.ts";
import { replaceFile } from "../../src/cli/host/replace_file.ts";
import { StorageError } from "./storage_error.ts";

/** Our files and folders in the data folder. */
const OWN = [
  "address.json",
  "lock",
  "model_keys.json",
  "notebooks.json",
  "open.html",
  "settings.json",
  "sync",
  "sync_token",
  "token",
  "traces",
  "usage",
];

/** A folder with one of these is ours, whatever else it contains. */
const MARKS = ["notebooks.json", "token"];

/** The name of a file that is being written. */
const TEMPORARY = /^\..+\.tmp$/;

/** The least free space for a new notebook, in bytes. The sync server needs some 200 KiB for an empty one, in two databases. */
const LEAST_ROOM = 1024 * 1024;

export const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Opens or creates the folder, and removes everybody else's access to it.
 *
 * @throws {Error} if the folder contains other files and none of ours, or cannot be created or made private
 */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await makePrivateFolder(folder);
    const names: string[] = [];
    for await (const { name } of Deno.readDir(folder)) names.push(name);
    const isOwn = (name: string) => OWN.includes(name) || TEMPORARY.test(name);
    if (!names.every(isOwn) && !names.some((name) => MARKS.includes(name))) throw strangeFolder(folder);
    if (Deno.build.os === "windows") return;
    await Deno.chmod(folder, FOLDER_MODE);
    for (const name of names.filter(isOwn)) await makePrivate(join(folder, name));
  } catch (error) {
    if (error instanceof StrangeFolderError) throw error;
    const reason = fileProblem(error, "write");
    throw new Error(
      `Notebooks cannot be kept in ${folder}: ${reason}. Choose another folder with --data-dir.`,
      { cause: error },
    );
  }
}

/**
 * Writes a file atomically, readable only by its owner.
 *
 * @throws {StorageError} if the file cannot be written; the old file is unchanged
 */
export function writePrivately(path: string, content: string): void {
  try {
    replaceFile(path, content, FILE_MODE);
  } catch (error) {
    throw new StorageError(path, error);
  }
}

/** Creates a folder that only its owner can use, unless it exists. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await Deno.mkdir(dirname(folder), { recursive: true });
  try {
    await Deno.mkdir(folder, { mode: FOLDER_MODE });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists) || !(await Deno.stat(folder)).isDirectory) throw error;
  }
}

/**
 * Checks that the disk has room for another notebook.
 *
 * @throws {StorageError} if there is no room
 */
export function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= LEAST_ROOM) return;
  throw new StorageError(folder, Object.assign(new Error("no room for a notebook"), { code: "ENOSPC" }));
}

/**
 * Makes a file private. Skips links, whose targets may not be ours, and files that have just been removed, because the folder may
 * be in use.
 */
async function makePrivate(path: string): Promise<void> {
  try {
    const { isFile, isDirectory } = await Deno.lstat(path);
    if (isFile) return await Deno.chmod(path, FILE_MODE);
    if (!isDirectory) return;
    await Deno.chmod(path, FOLDER_MODE);
    for await (const { name } of Deno.readDir(path)) await makePrivate(join(path, name));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

class StrangeFolderError extends Error {}

function strangeFolder(folder: string): StrangeFolderError {
  return new StrangeFolderError(
    `The folder ${folder} contains other files than notebooks, and would be made private. ` +
      `Choose an empty or a new one with --data-dir, such as ${join(folder, "notebooks")}.`,
  );
}
