/**
 * The secrets that are kept in the data folder, the same at every start, so that pages that are still open stay in.
 *
 * @module
 */

import { writePrivately } from "./data_folder.ts";

/** What a secret looks like. A file with anything else in it, or nothing, was not written by us to its end. */
const SECRET = /^[\w-]{32,}$/;

/**
 * Reads a secret, or makes it.
 *
 * @param path its file
 * @throws {StorageError} when there is none and none can be kept
 */
export async function readSecret(path: string): Promise<string> {
  try {
    const kept = (await Deno.readTextFile(path)).trim();
    if (SECRET.test(kept)) return kept;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const fresh = crypto.randomUUID();
  writePrivately(path, fresh);
  return fresh;
}
