import assert from "node:assert/strict";
import { checkReplaceable, replaceFile } from "../../../src/cli/host/replace_file.ts";

/** A temporary folder that is removed when it is disposed of. */
async function temporaryFolder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

const names = async (folder: string) => (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();

Deno.test("replaceFile() replaces the file behind a link, keeps its permissions and leaves no other file", async () => {
  await using folder = await temporaryFolder();
  const file = `${folder.path}/a.ipynb`;
  await Deno.writeTextFile(file, "old", { mode: 0o600 });
  await Deno.symlink(file, `${folder.path}/link.ipynb`);
  checkReplaceable(`${folder.path}/link.ipynb`);
  assert.equal(await Deno.readTextFile(file), "old");
  replaceFile(`${folder.path}/link.ipynb`, "new");
  assert.equal(await Deno.readTextFile(file), "new");
  assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  assert((await Deno.lstat(`${folder.path}/link.ipynb`)).isSymlink);
  assert.deepEqual(await names(folder.path), ["a.ipynb", "link.ipynb"]);
});

Deno.test("replaceFile() creates the missing file behind a link and keeps the link", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(`${folder.path}/data`);
  await Deno.symlink("data/a.ipynb", `${folder.path}/near.ipynb`);
  await Deno.symlink(`${folder.path}/near.ipynb`, `${folder.path}/far.ipynb`);
  checkReplaceable(`${folder.path}/far.ipynb`);
  replaceFile(`${folder.path}/far.ipynb`, "new");
  assert.equal(await Deno.readTextFile(`${folder.path}/data/a.ipynb`), "new");
  for (const name of ["near.ipynb", "far.ipynb"]) assert((await Deno.lstat(`${folder.path}/${name}`)).isSymlink);
  assert.deepEqual(await names(`${folder.path}/data`), ["a.ipynb"]);
});

Deno.test("checkReplaceable() accepts a missing file and creates nothing", async () => {
  await using folder = await temporaryFolder();
  checkReplaceable(`${folder.path}/new.ipynb`);
  assert.deepEqual(await names(folder.path), []);
  replaceFile(`${folder.path}/new.ipynb`, "new");
  assert.deepEqual(await names(folder.path), ["new.ipynb"]);
});

Deno.test({
  name: "replaceFile() sets the given permissions on new and existing files",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    await Deno.writeTextFile(`${folder.path}/old`, "old", { mode: 0o644 });
    for (const name of ["old", "new"]) {
      replaceFile(`${folder.path}/${name}`, "secret", 0o600);
      assert.equal((await Deno.stat(`${folder.path}/${name}`)).mode! & 0o777, 0o600);
    }
  },
});

Deno.test("checkReplaceable() throws for a missing folder, a folder and a device", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(`${folder.path}/f.ipynb`);
  await Deno.symlink("/dev/null", `${folder.path}/null.ipynb`);
  for (const [path, code] of [["none/a.ipynb", "ENOENT"], ["f.ipynb", "EISDIR"], ["null.ipynb", "EINVAL"]]) {
    assert.throws(() => checkReplaceable(`${folder.path}/${path}`), { code });
  }
});

Deno.test("replaceFile() throws for a folder and leaves it as it was", async () => {
  await using folder = await temporaryFolder();
  await Deno.mkdir(`${folder.path}/f.ipynb`);
  assert.throws(() => replaceFile(`${folder.path}/f.ipynb`, "new"));
  assert.deepEqual(await names(folder.path), ["f.ipynb"]);
});
