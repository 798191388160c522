/**
 * A session that is saved as a notebook file, in a real pseudo-terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { keys } from "../../support/pseudo_terminal.ts";
import { answer, display, gate, result, stdout } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { runToEnd } from "../command_process.ts";
import { enterCells, leave, openReplWorkspace, type ReplWorkspace } from "./repl_process.ts";

const { enter } = keys;

/** Reads a notebook in the workspace's folder. Each cell has its source, its execution count and the types of its outputs. */
async function notebook({ folder }: ReplWorkspace, name = "out.ipynb") {
  const notebook = JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  const cells = notebook.cells.map((
    { source, execution_count, outputs }: {
      source: string[];
      execution_count: number | null;
      outputs: { output_type: string; ename?: string }[];
    },
  ) => [source.join(""), execution_count, ...outputs.map(({ output_type, ename }) => ename ?? output_type)]);
  return { ...notebook, cells };
}

Deno.test("--record writes the notebook after each cell", async () => {
  const refused = { status: 400, body: { error: { message: "no such model" } } };
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>';
  await using workspace = await openReplWorkspace(
    inTurn(answer(stdout("a\n"), result("5")), refused, answer(display({ "image/svg+xml": svg })), answer(result("7"))),
  );
  await using terminal = workspace.open(["--record", "out.ipynb"]);
  await terminal.until("In [1]: ");
  await enterCells(terminal, "f()");
  const first = await notebook(workspace);
  assert.deepEqual(first.cells, [["f()", 1, "stream", "execute_result"]]);
  assert.deepEqual(first.metadata.aipython, { model: "scripted", simulated: true });
  await enterCells(terminal, "fails", "plot()", ">>> 3 + 4");
  const text = await Deno.readTextFile(`${workspace.folder}/out.ipynb`);
  assert.equal(await leave(terminal), 0);
  const { nbformat, nbformat_minor, cells } = await notebook(workspace);
  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  assert.deepEqual(cells, [
    ["f()", 1, "stream", "execute_result"],
    ["fails", null],
    ["plot()", 3, "display_data"],
    [">>> 3 + 4", 4, "execute_result"],
  ]);
  assert.match(text, /"image\/png"/);
  assert.equal(
    await Deno.readTextFile(`${workspace.folder}/out.ipynb`),
    text,
    "the end of the session does not change the file",
  );
});

Deno.test("--record keeps the running cell when the terminal is closed", async () => {
  await using workspace = await openReplWorkspace(inTurn(answer(result("5")), answer(stdout("begun"), gate("never"))));
  await using terminal = workspace.open(["--record", "out.ipynb"]);
  await terminal.until("In [1]: ");
  await enterCells(terminal, "2 + 3");
  await terminal.type(`forever()${enter}`);
  await terminal.until("begun");
  await terminal.close();
  assert.equal(await terminal.exitCode(), 129);
  assert.deepEqual((await notebook(workspace)).cells, [
    ["2 + 3", 1, "execute_result"],
    ["forever()", 2, "stream", "KeyboardInterrupt"],
  ]);
});

for (const [name, code] of [["SIGHUP", 129], ["SIGTERM", 143]] as const) {
  Deno.test(`--record keeps the running cell on ${name}`, async () => {
    await using workspace = await openReplWorkspace(answer(stdout("begun"), gate("never")));
    await using terminal = workspace.open(["--record", "out.ipynb"]);
    await terminal.until("In [1]: ");
    await terminal.type(`forever()${enter}`);
    await terminal.until("begun");
    await terminal.signal(name);
    assert.equal(await terminal.exitCode(), code);
    assert.deepEqual((await notebook(workspace)).cells, [["forever()", 1, "stream", "KeyboardInterrupt"]]);
  });
}

Deno.test("--record keeps another program's changes to its file and continues in a new file beside it", async () => {
  await using workspace = await openReplWorkspace(answer(result("5")));
  await using terminal = workspace.open(["--record", "out.ipynb"]);
  await terminal.until("In [1]: ");
  await enterCells(terminal, "1");
  await Deno.writeTextFile(`${workspace.folder}/out.ipynb`, "mine");
  await enterCells(terminal, "2");
  assert.match(terminal.text, /"out.ipynb" was changed by another program .* is in "out.aipython.ipynb"/);
  await enterCells(terminal, "3");
  assert.equal(await leave(terminal), 0);
  assert.equal(terminal.text.split("another program").length, 2, "the change is reported once");
  assert.equal(await Deno.readTextFile(`${workspace.folder}/out.ipynb`), "mine");
  const { cells } = await notebook(workspace, "out.aipython.ipynb");
  assert.deepEqual(cells.map(([source]: string[]) => source), ["1", "2", "3"]);
});

Deno.test("--record writes no file for an empty session and rejects an existing file", async () => {
  await using workspace = await openReplWorkspace(answer(result("5")));
  const path = `${workspace.folder}/out.ipynb`;
  {
    await using terminal = workspace.open(["--record", "out.ipynb"]);
    await terminal.until("In [1]: ");
    assert.equal(await leave(terminal), 0);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  }
  await Deno.writeTextFile(path, "mine");
  for (
    const [name, reason] of [
      ["out.ipynb", /"out.ipynb" already exists and was not changed; name another file for --record/],
      ["out.py", /--record writes a notebook, so its name must end in \.ipynb/],
      ["no/out.ipynb", /there is no such file or folder/],
    ] as const
  ) {
    await using terminal = workspace.open(["--record", name]);
    assert.equal(await terminal.exitCode(), 2);
    assert.match(terminal.text, reason);
    assert(!terminal.text.includes("In ["));
  }
  assert.equal(await Deno.readTextFile(path), "mine");
});

Deno.test(":save writes the cells so far to a new file and can replace a file that it wrote", async () => {
  await using workspace = await openReplWorkspace(answer(result("5")));
  await Deno.writeTextFile(`${workspace.folder}/mine.ipynb`, "mine");
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(
    terminal,
    ":save",
    ":save out.ipynb",
    "1",
    ":save mine.ipynb",
    ":save out.ipynb",
    "2",
    ":save out.ipynb",
    ":save",
  );
  assert.equal(await leave(terminal), 0);
  const said = [
    "Name the file: :save",
    "No cell has run yet",
    "already exists",
    "1 cell written to",
    "2 cells written to",
    "2 cells written to",
  ];
  let from = 0;
  for (const sentence of said) {
    const at = terminal.text.indexOf(sentence, from);
    assert(at >= 0, `${sentence} in ${terminal.text}`);
    from = at + 1;
  }
  assert.equal(await Deno.readTextFile(`${workspace.folder}/mine.ipynb`), "mine");
  assert.deepEqual((await notebook(workspace)).cells, [["1", 1, "execute_result"], ["2", 2, "execute_result"]]);
  assert.equal(workspace.server.requests.length, 2);
});

Deno.test("a recorded session can be run with aipython run", async () => {
  await using workspace = await openReplWorkspace(answer());
  const environment = { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", AIPYTHON_MODEL: "" };
  {
    await using terminal = workspace.open(["--offline", "--record", "out.ipynb"], environment);
    await terminal.until("In [1]: ");
    await terminal.type(`>>> 2 + 3${enter}`);
    await terminal.until("Out[1]: 5");
    await terminal.until("In [2]: ");
    assert.equal(await leave(terminal), 0);
  }
  const { code, stdout, stderr } = await runToEnd(["run", `${workspace.folder}/out.ipynb`, "--offline"], {
    permissions: ["--allow-write", "--allow-run"],
  });
  assert.deepEqual([code, stdout], [0, "5\n"], stderr);
});
