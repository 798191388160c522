/**
 * Checks that every file named in ARCHITECTURE.md and in the decisions exists.
 *
 * @module
 */

import assert from "node:assert/strict";

const root = new URL("../", import.meta.url);
const text = await Deno.readTextFile(new URL("ARCHITECTURE.md", root));

/** Returns whether a path exists in the repository. Pages may leave out `src/` and the extension. */
async function exists(path: string): Promise<boolean> {
  for (const candidate of [path, `${path}.ts`, `${path}.tsx`, `src/${path}`, `src/${path}.ts`]) {
    if (await Deno.stat(new URL(candidate, root)).then(() => true, () => false)) return true;
  }
  return false;
}

async function missing(paths: string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(exists));
  return paths.filter((_, index) => !found[index]);
}

Deno.test('every step of "The way of one cell" names an existing file', async () => {
  const [, section] = /## The way of one cell\n([^]*?)\n## /.exec(text)!;
  const files = [...section.matchAll(/ ((?:notebook|execution|model)\/[\w/]+) /g)].map(([, file]) => file);
  assert.ok(files.length >= 10, `${files}`);
  assert.deepEqual(await missing(files), []);
});

/** Returns the paths in the map, relative to the root of the repository. */
function pathsOfMap(): string[] {
  const [, section] = /## The map\n\n([^]*?)\n\n/.exec(text)!;
  const paths: string[] = [];
  let folder = "";
  for (const [, indent, names] of section.matchAll(/^ {4}( *)(\S.*?)(?: {2,}.*| +a command each)?$/gm)) {
    if (indent === "") folder = names.split(" ")[0];
    const parent = indent === "" ? "" : folder;
    const [first, ...rest] = names.split(/,? /);
    paths.push(parent + first, ...rest.map((name) => indent === "" ? `src/${name}` : parent + name));
  }
  assert.ok(paths.length > 30, `${paths}`);
  return paths;
}

Deno.test("every folder and file in the map exists", async () => {
  assert.deepEqual(await missing(pathsOfMap()), []);
});

Deno.test("every folder of src/ is in the map", async () => {
  const paths = new Set(pathsOfMap().map((path) => path.replace(/\/$/, "")));
  const unlisted: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(new URL(`${folder}/`, root))) {
      if (!isDirectory) continue;
      if (!paths.has(`${folder}/${name}`)) unlisted.push(`${folder}/${name}`);
      await visit(`${folder}/${name}`);
    }
  };
  await visit("src");
  assert.deepEqual(unlisted, [], "ARCHITECTURE.md has no line for these folders in its map");
});

Deno.test("every path in ARCHITECTURE.md and the decisions exists", async () => {
  const decisions = new URL("docs/decisions/", root);
  const pages = [text];
  for await (const { name } of Deno.readDir(decisions)) pages.push(await Deno.readTextFile(new URL(name, decisions)));
  const paths = pages.flatMap((page) => [...page.matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, path]) => path));
  assert.ok(paths.length > 40, `${paths}`);
  assert.deepEqual(await missing(paths), []);
});
