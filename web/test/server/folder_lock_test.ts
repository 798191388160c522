/**
 * The lock of a data folder.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ManualClock } from "../../../test/support/manual_clock.ts";
import { AlreadyServedError, FolderLock } from "../../server/folder_lock.ts";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "folder-lock-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const never = new AbortController().signal;

Deno.test("locking a folder that is being served rejects with the site's address", () =>
  withFolder(async (folder) => {
    using lock = await FolderLock.take(folder, never);
    lock.writeAddress("http://localhost:1/?token=secret");
    await assert.rejects(FolderLock.take(folder, never), (error: AlreadyServedError) => {
      assert.deepEqual(error.site, { pid: Deno.pid, address: "http://localhost:1/?token=secret" });
      assert.ok(!error.message.includes("secret"));
      return true;
    });
  }));

Deno.test("locking waits until a starting site serves or releases the folder", () =>
  withFolder(async (folder) => {
    const lock = await FolderLock.take(folder, never);
    const second = FolderLock.take(folder, never);
    lock.writeAddress("http://localhost:1/");
    await assert.rejects(second, AlreadyServedError);
    lock.forgetAddress();
    const third = FolderLock.take(folder, never);
    lock[Symbol.dispose]();
    (await third)[Symbol.dispose]();
  }));

Deno.test("waiting for the lock can be aborted", () =>
  withFolder(async (folder) => {
    using _lock = await FolderLock.take(folder, never);
    await assert.rejects(FolderLock.take(folder, AbortSignal.timeout(10)), { name: "TimeoutError" });
  }));

/** A clock whose `waited` resolves at the first wait. */
class WatchedClock extends ManualClock {
  readonly #waited = Promise.withResolvers<void>();
  readonly waited = this.#waited.promise;

  override setTimer(callback: () => void, delayMs: number): () => void {
    this.#waited.resolve();
    return super.setTimer(callback, delayMs);
  }
}

Deno.test("an address that an earlier process left in the folder is ignored", () =>
  withFolder(async (folder) => {
    const left = `${folder}/address.json`;
    await Deno.writeTextFile(left, JSON.stringify({ pid: 1, address: "http://localhost:1/?token=old" }));
    // Another process has just locked the folder and has not yet removed the address that an earlier process left.
    using taken = await Deno.open(`${folder}/lock`, { create: true, write: true });
    await taken.lock(true);
    const clock = new WatchedClock();
    const other = FolderLock.take(folder, never, clock);
    await Promise.race([clock.waited, other]);
    await Deno.writeTextFile(left, JSON.stringify({ pid: 2, address: "http://localhost:2/" }));
    clock.advance(100);
    await assert.rejects(other, (error: AlreadyServedError) => error.site.address === "http://localhost:2/");
  }));

Deno.test("locking a folder removes the address of an earlier process", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/address.json`, JSON.stringify({ pid: 1, address: "http://localhost:1/" }));
    using _lock = await FolderLock.take(folder, never);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["lock"]);
  }));

Deno.test("an error for a folder that cannot be locked names the lock file", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/lock`);
    await assert.rejects(FolderLock.take(folder, never), /lock cannot be locked: .*\. Keep notebooks on a disk/);
  }));
