/**
 * Where `aipython run` writes its notebook when the output folder or stdout is lost.
 *
 * @module
 */

import assert from "node:assert/strict";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, gate, stdout } from "../../support/scripted_answer.ts";
import { notebook, notebookWith } from "./run_notebooks.ts";
import { openRunWorkspace } from "./run_process.ts";

/** Removes the output folder during the run. Returns the path of the notebook, relative to the working directory. */
async function loseFolder(temporaryFolder: string): Promise<string> {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("gone")));
  const { folder } = workspace;
  await workspace.write("a.ipynb", notebook("a"));
  for (const name of ["out", "tmp"]) await Deno.mkdir(`${folder}/${name}`);
  const environment = { TMPDIR: `${folder}/${temporaryFolder}`, HOME: folder, DENO_DIR: await denoDir() };
  await using child = workspace.start(["a.ipynb", "-o", "out/b.ipynb"], environment);
  await workspace.server.reached("gone");
  await Deno.remove(`${folder}/out`);
  workspace.server.open("gone");
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 1);
  const [, path] = /cannot write "out\/b\.ipynb": .*; the notebook is in (\S+)\n/.exec(complaints) ?? [];
  assert(path?.startsWith(`${folder}/`), complaints);
  assert.deepEqual(validNotebook(await Deno.readTextFile(path)).cells[0].outputs[0].text, ["a\n"]);
  await child.stdout.cancel();
  return path.slice(folder.length + 1);
}

Deno.test("aipython run writes its notebook to the temporary folder when the output folder has been removed", async () => {
  assert.match(await loseFolder("tmp"), /^tmp\/[^/]+\/aipython-output-/);
});

Deno.test("aipython run writes its notebook to the home folder when there is no temporary folder, either", async () => {
  assert.match(await loseFolder("none"), /^aipython-output-/);
});

Deno.test({
  name: "aipython run exits with 141 when stdout cannot be written, and writes its notebook",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("never")));
    await workspace.write("a.ipynb", notebookWith([], "a", "b"));
    const { code, stderr: err } = await workspace.runInto("/dev/full", ["a.ipynb", "-o", "out.ipynb"]);
    assert.equal(code, 141, err);
    assert.match(err, /^aipython: cannot write to standard output: the disk is full\n/);
    assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).cells[0].outputs[0].text, ["a\n"]);
    const help = await workspace.runInto("/dev/full", ["--help"]);
    assert.deepEqual([help.code, help.stderr], [1, "aipython: cannot write to standard output: the disk is full\n"]);
  },
});

async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
