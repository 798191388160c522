/**
 * The data folder and its permissions.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { checkRoom, openDataFolder, writePrivately } from "../../server/data_folder.ts";
import { readSecret } from "../../server/read_secret.ts";
import { startTestSite } from "./test_site.ts";

const ignore = Deno.build.os === "windows";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "data-folder-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const modeOf = async (path: string) => (await Deno.lstat(path)).mode! & 0o777;

/** Lists all files and folders to which others have access, as `mode path`. */
async function unprivate(path: string): Promise<string[]> {
  const mode = await modeOf(path);
  const found = mode & 0o077 ? [`${mode.toString(8)} ${path}`] : [];
  if (!(await Deno.lstat(path)).isDirectory) return found;
  for await (const { name } of Deno.readDir(path)) found.push(...await unprivate(join(path, name)));
  return found;
}

Deno.test({
  name: "a new folder and its files are accessible only to their owner",
  ignore,
  fn: () =>
    withFolder(async (parent) => {
      const folder = join(parent, "a", "b");
      await openDataFolder(folder);
      assert.equal(await modeOf(folder), 0o700);
      writePrivately(join(folder, "notebooks.json"), "[]");
      assert.equal(await modeOf(join(folder, "notebooks.json")), 0o600);
    }),
});

Deno.test({
  name: "the files of an earlier version are made private, and the user's other files are not changed",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await Deno.chmod(folder, 0o755);
      await Deno.mkdir(join(folder, "sync/d1"), { recursive: true, mode: 0o755 });
      for (const name of ["notes", "traces"]) await Deno.mkdir(join(folder, name), { mode: 0o755 });
      for (const name of ["notebooks.json", "token", "sync/d1/x.sqlite", "traces/a.jsonl", "notes/mine.txt"]) {
        await Deno.writeTextFile(join(folder, name), "", { mode: 0o644 });
      }
      await Deno.symlink(join(folder, "notes/mine.txt"), join(folder, "sync/link"));
      await openDataFolder(folder);
      assert.deepEqual(await unprivate(join(folder, "sync/d1")), []);
      assert.deepEqual(
        await Promise.all(
          ["", "sync", "traces", "token", "notebooks.json", "traces/a.jsonl"].map((name) => modeOf(join(folder, name))),
        ),
        [
          0o700,
          0o700,
          0o700,
          0o600,
          0o600,
          0o600,
        ],
      );
      assert.equal(await modeOf(join(folder, "notes/mine.txt")), 0o644);
    }),
});

Deno.test("openDataFolder() refuses a folder with other files and does not change it", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "thesis.tex"), "");
    if (!ignore) await Deno.chmod(folder, 0o755);
    await assert.rejects(
      openDataFolder(folder),
      /contains other files than notebooks.* --data-dir, such as .*notebooks\./,
    );
    if (!ignore) assert.equal(await modeOf(folder), 0o755);
  }));

Deno.test("an error for a folder that cannot be created contains the path and the reason", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    for (const path of [join(folder, "file"), join(folder, "file", "below")]) {
      await assert.rejects(
        openDataFolder(path),
        /Notebooks cannot be kept in .*file.*: a part of the path is a file.*\. Choose another folder/,
      );
    }
  }));

Deno.test({
  name: "all files of a running site are private, including the sync server's state",
  ignore,
  fn: () =>
    withFolder(async (parent) => {
      const dataDir = join(parent, "data");
      const environment = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
      await using site = await startTestSite({ dataDir, environment });
      const made = await site.ask("/api/notebooks", { method: "POST", body: "{}" });
      await site.ask(`/api/notebooks/${(await made.json()).id}`, { method: "PATCH", body: "{}" });
      const names = Array.from(Deno.readDirSync(dataDir), ({ name }) => name).sort();
      assert.deepEqual(names, [
        "address.json",
        "lock",
        "notebooks.json",
        "sync",
        "sync_token",
        "token",
        "traces",
        "usage",
      ]);
      assert.ok((await unprivate(dataDir)).length === 0, (await unprivate(dataDir)).join("\n"));
    }),
});

Deno.test("checkRoom() accepts a disk with room for another notebook", () =>
  withFolder((folder) => Promise.resolve(checkRoom(folder))));

Deno.test("readSecret() returns the same secret each time and replaces an incomplete one", () =>
  withFolder(async (folder) => {
    const path = join(folder, "token");
    const secret = await readSecret(path);
    assert.match(secret, /^[\w-]{36}$/);
    assert.equal(await readSecret(path), secret);
    for (const broken of ["", secret.slice(0, 20), "\0".repeat(36)]) {
      await Deno.writeTextFile(path, broken);
      const fresh = await readSecret(path);
      assert.match(fresh, /^[\w-]{36}$/);
      assert.notEqual(fresh, secret);
      assert.equal(await readSecret(path), fresh);
    }
  }));
