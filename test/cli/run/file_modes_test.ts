/**
 * Modes of the files that `aipython run` writes: new files follow the umask, existing files keep their mode.
 *
 * @module
 */

import assert from "node:assert/strict";
import { plot } from "../../media/pictures.ts";
import { answer, display } from "../../support/scripted_answer.ts";
import { runToEnd } from "../command_process.ts";
import { notebook } from "./run_notebooks.ts";
import { modelEnvironment, openRunWorkspace, runPermissions } from "./run_process.ts";

Deno.test("aipython run writes new files with the umask and keeps the mode of existing files", async () => {
  await using workspace = await openRunWorkspace(answer(display({ "image/svg+xml": plot(50), "text/plain": "" })));
  const { folder, server } = workspace;
  await workspace.write("a.ipynb", notebook("plot()"));
  const run = (...more: string[]) =>
    runToEnd(["run", "a.ipynb", "--output", "out.ipynb", ...more], {
      directory: folder,
      environment: { ...modelEnvironment(server), TMPDIR: folder },
      permissions: runPermissions,
      umask: "027",
    });
  const modesIn = (paths: readonly string[]) =>
    paths.map((path) => (Deno.statSync(`${folder}/${path}`).mode! & 0o777).toString(8));
  const { code, stderr } = await run("--pictures", "pictures");
  assert.equal(code, 0, stderr);
  const pictures = (await Array.fromAsync(Deno.readDir(`${folder}/pictures`))).map(({ name }) => `pictures/${name}`);
  assert.ok(pictures.length > 0);
  assert.deepEqual(modesIn(["pictures", "out.ipynb", ...pictures]), ["750", "640", ...pictures.map(() => "640")]);

  await Deno.chmod(`${folder}/out.ipynb`, 0o606);
  assert.equal((await run()).code, 0);
  assert.deepEqual(modesIn(["out.ipynb"]), ["606"]);
});
