/**
 * The files of a folder that are described to the model, and the messages about them on stderr.
 *
 * @module
 */

import assert from "node:assert/strict";
import { FolderFiles } from "../../../src/cli/shell/folder_files.ts";

/** Creates a folder with files inside another folder. Collects the messages. */
async function openFolder(files: Record<string, string | Uint8Array> = {}, maxCharacters = 8_000) {
  const above = await Deno.makeTempDir();
  const folder = `${above}/notebook`;
  await Deno.mkdir(folder);
  const write = async (name: string, content: string | Uint8Array) => {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const reader = new FolderFiles({ folder, maxCharacters, destination: "models.example", say });
  return {
    folder,
    write,
    said,
    filesOf: (code: string) => reader.filesOf(code),
    named: async (code: string) => (await reader.filesOf(code)).map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      await Deno.remove(above, { recursive: true });
    },
  };
}

const TABLE = "a,b\n1,2\n";

Deno.test("filesOf() describes a file that a cell names and reports that it is sent", async () => {
  await using folder = await openFolder({ "t.csv": TABLE });
  assert.deepEqual(await folder.filesOf("pd.read_csv('t.csv')"), [{
    name: "t.csv",
    version: "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470",
    description: "8 bytes, CSV, 2 columns, 1 row below the header; all of it:\n| a,b\n| 1,2",
  }]);
  assert.deepEqual(folder.said, ["sends t.csv (8 bytes) to models.example, because a cell names it"]);
});

Deno.test("filesOf() reports each version of a file once", async () => {
  await using folder = await openFolder({ "t.csv": TABLE });
  const [first] = await folder.filesOf("f('t.csv')");
  assert.deepEqual(await folder.filesOf("g('./t.csv')"), [first]);
  await folder.write("t.csv", `${TABLE}3,4\n`);
  const [second] = await folder.filesOf("f('t.csv')");
  assert.notEqual(second.version, first.version);
  assert.match(second.description, /2 rows/);
  await folder.write("t.csv", TABLE);
  assert.deepEqual(await folder.filesOf("f('t.csv')"), [first]);
  assert.equal(folder.said.length, 2);
});

Deno.test("filesOf() describes tables and texts in the folder and its subfolders for any form of their path", async () => {
  const files = ["t.csv", "d/t.TSV", "d/e/t.json", "t.jsonl", "a b.txt"];
  await using folder = await openFolder(Object.fromEntries(files.map((name) => [name, TABLE])));
  for (const name of files) assert.deepEqual(await folder.named(`f('${name}')`), [name]);
  assert.deepEqual(await folder.named(`f('${folder.folder}/t.csv')`), ["t.csv"]);
  assert.deepEqual(await folder.named("f('d/../t.csv', '../notebook/t.csv', './/t.csv')"), ["t.csv"]);
});

Deno.test("filesOf() ignores other types of files, hidden files and names outside string literals", async () => {
  const files = ["t.py", "t.csv.gz", "id_rsa", "t.ipynb", ".env", ".secret.csv", ".git/t.csv", "d/.x/t.csv", "t.csv"];
  await using folder = await openFolder(Object.fromEntries(files.map((name) => [name, TABLE])));
  const others = files.filter((name) => name !== "t.csv").map((name) => `f('${name}', './${name}')`).join("\n");
  assert.deepEqual(await folder.named(`${others}\n# t.csv\n'''t.csv is here'''\nt.csv`), []);
  assert.deepEqual(folder.said, []);
});

Deno.test("filesOf() ignores files outside the folder, also through links", async () => {
  await using folder = await openFolder({ "d/in.csv": TABLE, ".hidden/h.csv": TABLE, "key.pem": "secret" });
  await Deno.writeTextFile(`${folder.folder}/../out.csv`, TABLE);
  await Deno.symlink(`${folder.folder}/../out.csv`, `${folder.folder}/link.csv`);
  await Deno.symlink("..", `${folder.folder}/up`);
  await Deno.symlink(`${folder.folder}/.hidden/h.csv`, `${folder.folder}/h.csv`);
  await Deno.symlink("key.pem", `${folder.folder}/key.csv`);
  await Deno.symlink("loop.csv", `${folder.folder}/loop.csv`);
  await Deno.symlink("d/in.csv", `${folder.folder}/in.csv`);
  await Deno.symlink("d/in.csv", `${folder.folder}/.in.csv`);
  const code = [
    "../out.csv",
    "link.csv",
    "up/out.csv",
    "h.csv",
    "key.csv",
    "loop.csv",
    ".in.csv",
    "/etc/passwd.txt",
    "d/../../out.csv",
  ]
    .map((path) => `f('${path}')`).join("\n");
  assert.deepEqual(await folder.named(`${code}\nf('${folder.folder}/../out.csv')`), []);
  assert.deepEqual(await folder.named("f('in.csv')"), ["in.csv"], "a link that stays inside is followed");
});

Deno.test("filesOf() ignores folders, pipes and missing files", async () => {
  await using folder = await openFolder({ "folder.csv/x": "" });
  const { success } = await new Deno.Command("mkfifo", { args: [`${folder.folder}/pipe.csv`] }).output();
  assert.ok(success);
  assert.deepEqual(await folder.named("f('folder.csv', 'pipe.csv', 'absent.csv')"), []);
});

Deno.test("filesOf() describes a file of more than 16 MiB only by its size", async () => {
  const size = 16 * 1_024 * 1_024;
  await using folder = await openFolder({
    "full.csv": new Uint8Array(size).fill(0x31),
    "t.csv": new Uint8Array(size + 1),
  });
  const [file] = await folder.filesOf("f('t.csv')");
  assert.equal(file.description, "16.8 MB, it exists; its content is not shown, because it has more than 16 MiB");
  assert.deepEqual(folder.said, [
    "sends only the size of t.csv (16.8 MB) to models.example: it is larger than 16 MiB",
  ]);
  assert.match((await folder.filesOf("f('full.csv')"))[0].description, /^16.8 MB, CSV, 1 column/);
});

Deno.test("filesOf() returns only the name of a file if no character of it may be sent", async () => {
  await using folder = await openFolder({ "t.csv": TABLE }, 0);
  const [file, ...others] = await folder.filesOf("f('t.csv', 'missing.csv')");
  assert.deepEqual([file.name, file.description], ["t.csv", "it exists; its content is not shown"]);
  assert.deepEqual([others, folder.said], [[], []]);
});

Deno.test("filesOf() limits the length of a description", async () => {
  await using folder = await openFolder({ "t.csv": TABLE.repeat(100) }, 190);
  const [{ description }] = await folder.filesOf("f('t.csv')");
  assert.ok(description.length <= 190 && description.length > 160, description);
});

Deno.test("filesOf() escapes control characters in the reported name of a file", async () => {
  await using folder = await openFolder({ "a\x1b[31m.csv": TABLE });
  assert.equal((await folder.filesOf(String.raw`f('a\x1b[31m.csv')`)).length, 1);
  assert.deepEqual(folder.said, [
    String.raw`sends "a\u001b[31m.csv" (8 bytes) to models.example, because a cell names it`,
  ]);
});
