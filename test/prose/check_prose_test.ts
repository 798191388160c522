/**
 * `deno task prose` on a small project.
 *
 * @module
 */

import assert from "node:assert/strict";
import { checkProse } from "../../prose/check_prose.ts";
import { countProse } from "../../prose/count_prose.ts";

const FILES = {
  "README.md": "# A project\n\nIt is fast.\n",
  "lib/tell_past.ts": "/** Reads the past. */\nexport const past = 1;\n",
  "lib/clean.ts": "// Asks again.\nask();\n",
  "app/main.ts": '// It is\n// told.\nthrow new Error("asked in vain");\n',
  "app/node_modules/other.ts": "// It is told.\n",
};

async function project(): Promise<{ root: string } & AsyncDisposable> {
  const root = `${await Deno.makeTempDir({ prefix: "prose-" })}/`;
  for (const [path, text] of Object.entries(FILES)) {
    await Deno.mkdir(root + path.slice(0, path.lastIndexOf("/") + 1), { recursive: true });
    await Deno.writeTextFile(root + path, text);
  }
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

Deno.test("checkProse() reports file, line, turn and what to write instead", async () => {
  await using made = await project();
  const { report, count } = await checkProse(made.root, ["."]);
  const lines = report.trimEnd().split("\n");
  assert.equal(count, 3);
  assert.match(lines[0], /^app\/main\.ts:1: "is told" \(is told\): write is sent to/);
  assert.match(lines[1], /^app\/main\.ts:3: "in vain" \(in vain\): write without success/);
  assert.match(lines[2], /^lib\/tell_past\.ts:1: "tell" \(a name with tell\): write report/);
  assert.equal(lines[3], "3 turns to rewrite in 4 files; prose/turns.ts lists them");
});

Deno.test("checkProse() checks only the given files and folders", async () => {
  await using made = await project();
  const { report, count } = await checkProse(made.root, ["lib/clean.ts", "README.md"]);
  assert.equal(report, "2 files are free of the turns in prose/turns.ts\n");
  assert.equal(count, 0);
  assert.equal((await checkProse(made.root, ["app"])).count, 2);
});

Deno.test("checkProse() rejects a path with nothing to check", async () => {
  await using made = await project();
  await assert.rejects(checkProse(made.root, ["li"]), /^Error: li: no TypeScript or Markdown file here/);
});

Deno.test("countProse() counts code lines, comment lines and turns by folder", async () => {
  await using made = await project();
  const rows = (await countProse(made.root)).trimEnd().split("\n").map((row) => row.trim().split(/ {2,}/));
  assert.deepEqual(rows, [
    ["folder", "code lines", "comment lines", "turns"],
    ["*.md", "0", "0", "0"],
    ["app", "1", "2", "2"],
    ["lib", "2", "2", "1"],
    ["all", "3", "4", "3"],
  ]);
});
