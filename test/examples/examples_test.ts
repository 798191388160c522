/**
 * The examples in the documentation: every public symbol has one, and all of them run.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { modelEnvironment } from "../cli/run/run_process.ts";
import { answer, result } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { examplesIn, readPublicSymbols } from "./public_symbols.ts";

const root = new URL("../../", import.meta.url);

/** The pages whose examples run. */
const pages = ["docs/cells-without-a-notebook.md", "docs/your-own-model.md"];

const { examples: ofModule, symbols } = await readPublicSymbols();
/** The examples of a page or a symbol. */
type NamedExamples = readonly [name: string, examples: readonly string[]];

const ofPages = await Promise.all(
  pages.map(async (page) => [page, examplesIn(await Deno.readTextFile(new URL(page, root)))] as NamedExamples),
);
const all: NamedExamples[] = [
  ["mod.ts", ofModule],
  ...symbols.map(({ name, examples }): NamedExamples => [name, examples]),
  ...ofPages,
];
const examples = all.flatMap(([, examples]) => examples);

/** Returns whether an example's code imports a symbol. A comment that names it does not count. */
function isUsed(name: string, example: string): boolean {
  const code = example.replace(/\/\/.*$/gm, "").replace(/\/\*[^]*?\*\//g, "");
  return new RegExp(`\\bimport\\b[^;]*\\b${name}\\b[^;]*from "@runt/aipython-runtime-agent"`).test(code);
}

Deno.test("every class and function of the package has an example that imports it", () => {
  const called = symbols.filter(({ kind }) => kind === "class" || kind === "function");
  assert.ok(called.length > 10, "the symbols are read");
  const without = called.filter(({ name, examples }) => !examples.some((example) => isUsed(name, example)));
  assert.deepEqual(without.map(({ name, file }) => `${name} in ${file} has no example`), []);
});

Deno.test("every other symbol of the package is imported by an example", () => {
  const without = symbols.filter(({ name }) => !examples.some((example) => isUsed(name, example)));
  assert.deepEqual(without.map(({ name, file }) => `${name} in ${file} is in no example`), []);
});

Deno.test("the examples are type-checked and run", async () => {
  await using server = await startSyncServer();
  await using model = await startScriptedModel(answer(result("4")));
  const folder = await Deno.makeTempDir();
  try {
    // Deno adds its own imports to the examples of a module, but not to those of a page; so each symbol becomes a page.
    for (const [name, examples] of all) {
      const page = join(folder, `${name.replaceAll("/", "-")}.md`);
      await Deno.writeTextFile(page, examples.map((code) => `\`\`\`ts\n${code}\`\`\`\n`).join("\n"));
    }
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--doc", "-A", "--frozen", "--config", "deno.json", folder],
      cwd: root,
      env: {
        ...modelEnvironment(model),
        LIVESTORE_SYNC_URL: server.syncUrl,
        AUTH_TOKEN: server.authToken,
        NOTEBOOK_ID: newNotebookId(),
        NO_COLOR: "1",
      },
      stdin: "null",
    }).output();
    const written = new TextDecoder().decode(stdout);
    assert.equal(code, 0, `${written}\n${new TextDecoder().decode(stderr)}`);
    const [, passed] = /^ok \| (\d+) passed/m.exec(written) ?? assert.fail(written);
    assert.equal(Number(passed), examples.length, written);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
