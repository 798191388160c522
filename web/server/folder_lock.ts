/**
 * Locks a data folder, because two sites on the same folder would overwrite each other's files.
 *
 * The lock is an operating system lock on a file. It is released when its process ends, even after a crash.
 *
 * @module
 */

import { join } from "node:path";
import { type Clock, systemClock } from "../../src/async/clock.ts";
import { delay } from "../../src/async/delay.ts";
import { fileProblem } from "../../src/cli/files/file_problem.ts";
import { writePrivately } from "./data_folder.ts";

export interface ServingSite {
  pid: number;
  /** The page's address, with its token. */
  address: string;
}

/** Another site already serves the folder. */
export class AlreadyServedError extends Error {
  override readonly name = "AlreadyServedError";
  readonly site: ServingSite;

  constructor(folder: string, site: ServingSite) {
    super(`the notebooks in ${folder} are already being served by process ${site.pid}`);
    this.site = site;
  }
}

/** The pause between two attempts, in milliseconds. */
const RETRY_MS = 100;

export class FolderLock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #folder: string;

  private constructor(file: Deno.FsFile, folder: string) {
    this.#file = file;
    this.#folder = folder;
  }

  /**
   * Locks a folder. Waits for a site that is being started or stopped.
   *
   * @param clock measures the pauses. Default: the machine's clock
   * @throws {AlreadyServedError} if another site serves the folder
   */
  static async take(folder: string, signal: AbortSignal, clock: Clock = systemClock): Promise<FolderLock> {
    const path = join(folder, "lock");
    const file = await orSay(path, Deno.open(path, { create: true, write: true, mode: 0o600 }));
    const lock = new FolderLock(file, folder);
    try {
      let hasWaited = false;
      while (!await orSay(path, file.tryLock(true))) {
        // On the first attempt the file may still be that of an earlier site, which the new owner of the lock has not removed
        // yet.
        const site = hasWaited ? lock.#readSite() : undefined;
        if (site !== undefined) throw new AlreadyServedError(folder, site);
        hasWaited = true;
        await delay(clock, RETRY_MS, signal);
      }
      lock.forgetAddress();
      return lock;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Writes the page's address for commands that fail to lock the folder. */
  writeAddress(address: string): void {
    const site: ServingSite = { pid: Deno.pid, address };
    writePrivately(this.#addressFile, `${JSON.stringify(site)}\n`);
  }

  /** Removes the page's address. */
  forgetAddress(): void {
    try {
      Deno.removeSync(this.#addressFile);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  get #addressFile(): string {
    return join(this.#folder, "address.json");
  }

  #readSite(): ServingSite | undefined {
    try {
      return JSON.parse(Deno.readTextFileSync(this.#addressFile));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }
}

/** Awaits a step of locking. Explains failures of the file system. */
async function orSay<Result>(path: string, step: Promise<Result>): Promise<Result> {
  try {
    return await step;
  } catch (cause) {
    const reason = fileProblem(cause, "write");
    throw new Error(`${path} cannot be locked: ${reason}. Keep notebooks on a disk of this machine, with --data-dir.`, {
      cause,
    });
  }
}
