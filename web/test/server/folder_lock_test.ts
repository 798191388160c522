/**
 * Who has a data folder.
 *
 * @module
 */

import assert from "node:assert/strict";
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

Deno.test("a folder that is served is not taken, and the error says where it is served", () =>
  withFolder(async (folder) => {
    using lock = await FolderLock.take(folder, never);
    lock.tellAddress("http://localhost:1/?token=secret");
    await assert.rejects(FolderLock.take(folder, never), (error: AlreadyServedError) => {
      assert.deepEqual(error.site, { pid: Deno.pid, address: "http://localhost:1/?token=secret" });
      assert.ok(!error.message.includes("secret"));
      return true;
    });
  }));

Deno.test("a folder that is being served soon is waited for, until it is or until it is free", () =>
  withFolder(async (folder) => {
    const lock = await FolderLock.take(folder, never);
    const second = FolderLock.take(folder, never);
    lock.tellAddress("http://localhost:1/");
    await assert.rejects(second, AlreadyServedError);
    lock.forgetAddress();
    const third = FolderLock.take(folder, never);
    lock[Symbol.dispose]();
    (await third)[Symbol.dispose]();
  }));

Deno.test("the wait can be given up", () =>
  withFolder(async (folder) => {
    using _lock = await FolderLock.take(folder, never);
    await assert.rejects(FolderLock.take(folder, AbortSignal.timeout(10)), { name: "TimeoutError" });
  }));

Deno.test("an address that was left behind leads nobody astray", () =>
  withFolder(async (folder) => {
    const left = { pid: 1, address: "http://localhost:1/?token=old" };
    await Deno.writeTextFile(`${folder}/address.json`, JSON.stringify(left));
    using lock = await FolderLock.take(folder, never);
    const other = FolderLock.take(folder, never);
    lock.tellAddress("http://localhost:2/");
    await assert.rejects(other, (error: AlreadyServedError) => error.site.address === "http://localhost:2/");
  }));

Deno.test("a folder that cannot be locked is named", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/lock`);
    await assert.rejects(FolderLock.take(folder, never), /lock cannot be locked: .*\. Keep notebooks on a disk/);
  }));
