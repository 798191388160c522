/**
 * A full disk: the list of notebooks and the stored notebooks stay consistent.
 *
 * The disk is a small one in memory, which an ordinary Linux user can mount in a separate namespace.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { followCommand, modelNowhere, type NotebookCommand } from "./notebook_command.ts";
import { readCookie } from "./test_site.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs a shell command in a namespace with a small disk, whose path is `$0`. */
function onSmallDisk(folder: string, command: string): Deno.Command {
  return new Deno.Command("unshare", {
    args: [
      "--user",
      "--map-root-user",
      "--mount",
      "sh",
      "-c",
      `mount -t tmpfs -o size=8m none "$0" && ${command}`,
      folder,
    ],
    cwd: root,
    env: { ...modelNowhere, DENO: Deno.execPath() },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

const run = 'exec "$DENO" run -A --no-check --quiet web/server/main.ts --port 0 --data-dir "$0/data"';

async function canMount(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const folder = await Deno.makeTempDir();
  try {
    return (await onSmallDisk(folder, "true").output()).success;
  } catch {
    return false;
  } finally {
    await Deno.remove(folder);
  }
}

const ignore = !await canMount();

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "full-disk-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder);
  }
}

/** Returns the small disk's paths as seen from outside the namespace. */
function diskOf({ pid }: NotebookCommand, folder: string) {
  const filler = `/proc/${pid}/root${folder}/filler`;
  return {
    data: `/proc/${pid}/root${folder}/data`,
    /** Fills the disk except for this number of bytes. */
    async fill(spareBytes: number) {
      using file = await Deno.open(filler, { create: true, write: true });
      const part = new Uint8Array(4096);
      let length = 0;
      await assert.rejects(async () => {
        for (;;) length += await file.write(part);
      }, { code: "ENOSPC" });
      await file.truncate(Math.max(0, length - spareBytes));
    },
    free: () => Deno.remove(filler),
  };
}

Deno.test({
  name: "creating, changing or deleting a notebook on a full disk changes nothing and reports the reason",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const command = followCommand(onSmallDisk(folder, run).spawn());
      const address = await command.serving;
      const disk = diskOf(command, folder);
      const cookie = await readCookie(address);
      const ask = async (method: string, path: string, body?: string) => {
        const response = await fetch(new URL(path, address), { method, body, headers: { cookie } });
        const text = await response.text();
        return { status: response.status, answer: text === "" ? undefined : JSON.parse(text) };
      };
      const list = async () => (await ask("GET", "/api/notebooks")).answer;
      const make = async (title: string) => {
        const { answer: { id } } = await ask("POST", "/api/notebooks", JSON.stringify({ title }));
        assert.equal((await ask("PATCH", `/api/notebooks/${id}`, "{}")).status, 204);
        return id;
      };

      const id = await make("Before");
      const { answer: draft } = await ask("POST", "/api/notebooks", '{"title":"Draft"}');
      const before = await list();
      const kept = await Deno.readTextFile(`${disk.data}/notebooks.json`);
      const reason = /^\S+ cannot be written: the disk is full\. Nothing was changed\./;

      await disk.fill(0);
      for (
        const [method, path, body] of [
          ["POST", "/api/notebooks", '{"title":"After"}'],
          ["PATCH", `/api/notebooks/${draft.id}`, '{"cells":3}'],
          ["PATCH", `/api/notebooks/${id}`, '{"title":"Changed"}'],
          ["DELETE", `/api/notebooks/${id}`, undefined],
        ]
      ) {
        const { status, answer } = await ask(method!, path!, body);
        assert.equal(status, 507, `${method} ${path}`);
        assert.match(answer.error, reason);
      }
      assert.deepEqual(await list(), before);
      assert.equal(await Deno.readTextFile(`${disk.data}/notebooks.json`), kept);
      const names = Array.from(Deno.readDirSync(disk.data), ({ name }) => name).filter((name) => name.endsWith(".tmp"));
      assert.deepEqual(names, []);

      // Enough space for the list, but not for a notebook.
      await disk.free();
      await disk.fill(500_000);
      assert.equal((await ask("POST", "/api/notebooks", "{}")).status, 507);
      assert.deepEqual(await list(), before);

      await disk.free();
      await make("After");
      assert.equal((await ask("PATCH", `/api/notebooks/${draft.id}`, "{}")).status, 204);
      assert.equal((await ask("DELETE", `/api/notebooks/${id}`)).status, 204);
      const titles = (await list()).map(({ title }: { title: string }) => title);
      assert.deepEqual(titles, ["Draft", "After"]);
      const { code, complaints } = await command.stop("SIGINT");
      assert.equal(code, 0);
      const lines = complaints.trim().split("\n");
      assert.equal(lines.length, 5, complaints);
      for (const line of lines) assert.match(line.replace("notebook: ", ""), reason);
    }),
});

Deno.test({
  name: "a start on a full disk reports the reason and leaves no partial file behind",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const fill = 'mkdir "$0/data"; cat /dev/zero > "$0/filler" 2> /dev/null; ';
      const look = 'find "$0/data" -type f -size 0 ! -name lock';
      const first = onSmallDisk(folder, `{ ${fill} (${run}); echo "ended with $?"; ${look}; }`);
      const { stdout, stderr } = await first.output();
      assert.match(new TextDecoder().decode(stderr), /^notebook: \S+ cannot be written: the disk is full\./);
      assert.equal(new TextDecoder().decode(stdout), "Starting ...\nended with 1\n");
    }),
});
