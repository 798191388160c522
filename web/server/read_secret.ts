/**
 * The secrets in the data folder. They stay the same over restarts, so that open pages keep their access.
 *
 * @module
 */

import { writePrivately } from "./data_folder.ts";

/** The form of a secret. A file with other or no content was not written completely. */
const SECRET = /^[\w-]{32,}$/;

/**
 * Reads a secret, or creates it.
 *
 * @throws {StorageError} if there is no secret and none can be stored
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
