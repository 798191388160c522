/**
 * The folder that keeps everything: notebooks, their list, and the secrets. It is for its owner only.
 *
 * @module
 */

import { statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileProblem } from "../../src/cli/files/file_problem.ts";
import { replaceFile } from "../../src/cli/host/replace_file.ts";
import { StorageError } from "./storage_error.ts";

/** What the folder holds. */
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

/** One of these shows that a folder is ours, whatever else somebody has put there. */
const MARKS = ["notebooks.json", "token"];

/** A file of ours that is being written. */
const TEMPORARY = /^\..+\.tmp$/;

/** The room for a new notebook, in bytes. The sync server takes some 200 KiB for an empty one, in two databases. */
const LEAST_ROOM = 1024 * 1024;

/** Read, write and look into; by the owner. */
export const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Opens the folder, or makes it, and takes from everybody else what they may do with what it holds.
 *
 * @throws Error When it holds other things and none of ours, or cannot be made or made private
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
      `Notebooks cannot be kept in ${folder}: ${reason}. Choose a folder of your own with --data-dir.`,
      { cause: error },
    );
  }
}

/**
 * Writes a file of the folder, for its owner only: all of it or nothing.
 *
 * @throws {StorageError} the file is then unchanged
 */
export function writePrivately(path: string, content: string): void {
  try {
    replaceFile(path, content, FILE_MODE);
  } catch (error) {
    throw new StorageError(path, error);
  }
}

/** Makes a folder for its owner only, unless it is there. */
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
 * @throws {StorageError} when it has not
 */
export function checkRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= LEAST_ROOM) return;
  throw new StorageError(folder, Object.assign(new Error("no room for a notebook"), { code: "ENOSPC" }));
}

/** Links are left alone: what they lead to is not known to be ours. So is what has just gone: the folder may be in use. */
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
    `The folder ${folder} holds other things than notebooks, and would be closed to everybody else. ` +
      `Choose an empty or a new one with --data-dir, such as ${join(folder, "notebooks")}.`,
  );
}
