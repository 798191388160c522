/**
 * Files that `aipython run` sends to the model server because a cell names them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result, stdout } from "../../support/scripted_answer.ts";
import { runToEnd } from "../command_process.ts";
import { notebook } from "./run_notebooks.ts";
import { modelEnvironment, openRunWorkspace, openRunWorkspaceWith, type RunWorkspace } from "./run_process.ts";

const TABLE = "region,units\nnorth,3\nsouth,4\n";
const DESCRIBED =
  'File "sales.csv": 29 bytes, CSV, 2 columns, 2 rows below the header; all of it:\n| region,units\n| north,3\n| south,4\n';

/** Returns the user messages of each request. */
function turnsOf({ server }: RunWorkspace): string[][] {
  return server.requests.map(({ body }) =>
    body.messages.filter(({ role }: { role: string }) => role === "user").map(({ content }: { content: string }) =>
      content
    )
  );
}

/** Returns the lines on stderr about files that were sent. */
function sentLines(stderr: string): string[] {
  return stderr.split("\n").filter((line) => line.startsWith("sends "));
}

Deno.test("aipython run sends a file with the first cell that names it and only repeats that message later", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  await workspace.write("sales.csv", TABLE);
  await workspace.write(
    "a.ipynb",
    notebook("import pandas", "df = pandas.read_csv('sales.csv')", "df", "open('./sales.csv')"),
  );
  const { code, stderr } = await workspace.run(["a.ipynb"]);
  assert.equal(code, 0, stderr);
  const last = turnsOf(workspace).at(-1)!;
  assert.deepEqual(last.map((turn) => turn.includes("north")), [false, true, false, false]);
  assert.ok(last[1].startsWith(`${DESCRIBED}In [2]: no Out[2]\ndf = `), last[1]);
  const requests = workspace.server.requests.map(({ body }) =>
    body.messages.map((message: unknown) => JSON.stringify(message))
  );
  for (const [index, messages] of requests.slice(1).entries()) {
    assert.deepEqual(
      messages.slice(0, requests[index].length),
      requests[index],
      `request ${index + 1} begins with the messages of the request before it`,
    );
  }
  const host = new URL(workspace.server.baseUrl).host;
  assert.deepEqual(sentLines(stderr), [`sends sales.csv (29 bytes) to ${host}, because a cell names it`]);
});

Deno.test("aipython run sends a file again if it has changed before the next cell that names it", async () => {
  const changed = `${TABLE}west,5\n`;
  await using workspace: RunWorkspace = await openRunWorkspaceWith(async ({ number }) => {
    if (number === 1) await workspace.write("sales.csv", changed);
    return answer(result("1"));
  });
  await workspace.write("sales.csv", TABLE);
  await workspace.write("a.py", "f('sales.csv')\n# %%\n1\n# %%\nf('sales.csv')\n# %%\nf('sales.csv')");
  const { stderr } = await workspace.run(["a.py"]);
  const last = turnsOf(workspace).at(-1)!;
  assert.deepEqual(last.map((turn) => turn.match(/^\| \w+,\d/gm)?.length ?? 0), [2, 0, 3, 0]);
  assert.equal(sentLines(stderr).length, 2);
});

Deno.test("aipython run looks for files in the script's folder, or in the working directory for standard input", async () => {
  await using workspace = await openRunWorkspace(answer(result("1")));
  await Deno.mkdir(`${workspace.folder}/sub`);
  await workspace.write("sub/t.csv", "below\n");
  await workspace.write("t.csv", "above\n");
  await workspace.write("sub/a.py", "f('t.csv')\nf('../t.csv')");
  await workspace.run(["sub/a.py"]);
  await workspace.run(["-"], "f('t.csv')");
  const turns = turnsOf(workspace).map(([turn]) => turn.match(/^\| .*$/gm));
  assert.deepEqual(turns, [["| below"], ["| above"]]);
});

Deno.test("aipython run --quiet reports files that are sent, and a limit of 0 sends only their names", async () => {
  await using workspace = await openRunWorkspace(answer(result("1")));
  await workspace.write("sales.csv", TABLE);
  await workspace.write("a.py", "f('sales.csv')");
  const { stderr } = await workspace.run(["a.py", "-q"]);
  assert.match(stderr, /^sends sales\.csv .*\n$/);
  assert.equal((await workspace.run(["a.py", "-q", "--max-file-characters", "0"])).stderr, "");
  assert.equal((await workspace.run(["a.py", "-q"], undefined, { AIPYTHON_MAX_FILE_CHARACTERS: "0" })).stderr, "");
  assert.deepEqual(turnsOf(workspace).map(([turn]) => turn.includes("north")), [true, false, false]);
  for (const [turn] of turnsOf(workspace).slice(1)) {
    assert.ok(turn.startsWith('File "sales.csv": it exists; its content is not shown\n'), turn);
  }
});

Deno.test("aipython run sends a file in every tool mode", async () => {
  await using workspace = await openRunWorkspace([...answer(result("1"))]);
  await workspace.write("sales.csv", TABLE);
  await workspace.write("a.py", "f('sales.csv')");
  for (const mode of ["sequential", "text"]) await workspace.run(["a.py", "--tool-mode", mode]);
  for (const [turn] of turnsOf(workspace)) assert.ok(turn.startsWith(DESCRIBED), turn);
});

Deno.test("aipython run works without permission to read the folder and then sends no files", async () => {
  await using workspace = await openRunWorkspace(answer(result("1")));
  await workspace.write("sales.csv", TABLE);
  const script = "f('sales.csv')";
  const clone = new URL("../../../", import.meta.url).pathname;
  const { code, stderr } = await runToEnd(["run", "-"], {
    directory: workspace.folder,
    input: script,
    environment: modelEnvironment(workspace.server),
    denoFlags: [`--allow-read=${clone},.env`],
  });
  assert.equal(code, 0, stderr);
  assert.deepEqual(turnsOf(workspace), [["In [1]: Out[1] unless None\nf('sales.csv')"]]);
  assert.deepEqual(sentLines(stderr), []);
});
