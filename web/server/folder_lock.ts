/**
 * Keeps a data folder for one site: two on the same folder would write over each other.
 *
 * The lock is the kernel's, on a file. It goes with the process that holds it, however that ends, so that none is left behind.
 *
 * @module
 */

import { join } from "node:path";
import { type Clock, systemClock } from "../../src/async/clock.ts";
import { delay } from "../../src/async/delay.ts";
import { fileProblem } from "../../src/cli/files/file_problem.ts";
import { writePrivately } from "./data_folder.ts";

/** Who serves a folder. */
export interface ServingSite {
  /** The process. */
  pid: number;
  /** The page's address, with its token. */
  address: string;
}

/** The folder is served already. */
export class AlreadyServedError extends Error {
  /** The class's name. */
  override readonly name = "AlreadyServedError";
  /** By whom. */
  readonly site: ServingSite;

  /**
   * @param folder the folder
   * @param site who serves it
   */
  constructor(folder: string, site: ServingSite) {
    super(`the notebooks in ${folder} are being served already, by process ${site.pid}`);
    this.site = site;
  }
}

/** How long to wait between two attempts, in milliseconds. */
const RETRY_MS = 100;

/** A folder that is ours. */
export class FolderLock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #folder: string;

  private constructor(file: Deno.FsFile, folder: string) {
    this.#file = file;
    this.#folder = folder;
  }

  /**
   * Takes a folder. A site that is just being started or stopped is waited for.
   *
   * @param folder the folder
   * @param signal gives up
   * @param clock measures the pauses between attempts. Default: the machine's clock
   * @throws {AlreadyServedError} when it is served
   */
  static async take(folder: string, signal: AbortSignal, clock: Clock = systemClock): Promise<FolderLock> {
    const path = join(folder, "lock");
    const file = await orSay(path, Deno.open(path, { create: true, write: true, mode: 0o600 }));
    const lock = new FolderLock(file, folder);
    try {
      let hasWaited = false;
      while (!await orSay(path, file.tryLock(true))) {
        // At first this may be of an earlier site, and not yet removed by the one that has just taken the folder.
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

  /** Says where the page is, for those who try to take the folder. */
  tellAddress(address: string): void {
    const site: ServingSite = { pid: Deno.pid, address };
    writePrivately(this.#addressFile, `${JSON.stringify(site)}\n`);
  }

  /** The page is no longer there, or not yet. */
  forgetAddress(): void {
    try {
      Deno.removeSync(this.#addressFile);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Gives the folder back. */
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

/** Waits for a step of taking the lock, and puts into words why it cannot be taken at all. */
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
