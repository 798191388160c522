import assert from "node:assert/strict";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { pngSize } from "../../../src/media/raster_image.ts";
import { ONE_PIXEL_PNG } from "../../media/pictures.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, display, error, gate, result, stderr, stdout } from "../../support/scripted_answer.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "./run_process.ts";
import { notebook, notebookWith, RECORDED } from "./run_notebooks.ts";

const failing = answer(error("ValueError", "no"));

Deno.test("aipython run writes outputs while the model is still answering", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("first\n"), gate("half"), stdout("second\n")));
  await workspace.write("a.py", "work()");
  await using child = workspace.start(["a.py"]);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "first\n");
  workspace.server.open("half");
  assert.equal((await reader.read()).value, "second\n");
  assert((await reader.read()).done);
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 0, complaints);
});

Deno.test("aipython run writes to a pipe only what Python would print, and the rest to stderr", async () => {
  await using workspace = await openRunWorkspace(
    answer(stdout("a"), stderr("careful\n")),
    answer(stdout("b\n"), result("5")),
  );
  await workspace.write("a.py", "# %% [markdown]\n# # Title\n# %%\nf()\n# %%\ng()");
  const { code, stdout: out, stderr: err } = await workspace.run(["a.py"]);
  assert.deepEqual([code, out], [0, "ab\n5\n"]);
  assert.match(
    err,
    /^careful\ncell 1 of 2 has ended, \d+\.\d s, 15 tokens\n2 cells, \d+\.\d s, 30 tokens, simulated by scripted\n$/,
  );
});

Deno.test("aipython run reports the cost of cells and sends no request after the cost limit is reached", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  await workspace.write("a.ipynb", notebook("a", "b"));
  const limit = ["a.ipynb", "--max-cost-per-session", "0.02"];
  const priced = await workspace.run([...limit, "--price", "1000,1000,2000"]);
  assert.deepEqual([priced.code, priced.stdout, workspace.server.requests.length], [1, "a\n", 1]);
  assert.match(priced.stderr, /has spent \$0\.02, and its limit is \$0\.02.*--max-cost-per-session/s);
  assert.match(priced.stderr, /2 cells, 1 failed, \d+\.\d s, 15 tokens, \$0\.02, simulated by scripted\n$/);
  const unpriced = await workspace.run(limit);
  assert.deepEqual([unpriced.code, workspace.server.requests.length], [2, 1]);
  assert.match(
    unpriced.stderr,
    /missing price: the cost limit .*the price of scripted at 127\.0\.0\.1:\d+ is not known.*--price/,
  );
});

Deno.test("aipython run stops at the first cell that fails and exits with 1", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")), failing, answer(stdout("never\n")));
  await workspace.write("a.ipynb", notebook("a", "b", "c"));
  const { code, stdout: out, stderr: err } = await workspace.run(["a.ipynb", "--output", "out.ipynb"]);
  assert.deepEqual([code, out, workspace.server.requests.length], [1, "a\n", 2]);
  assert.match(err, /ValueError: no\n2 of 3 cells, 1 failed, /);
  const { cells, metadata } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual(metadata.aipython, { model: "scripted", simulated: true, partial: true });
  assert.equal(metadata.title, "T");
  assert.deepEqual(
    // deno-lint-ignore no-explicit-any -- read from JSON
    cells.map((cell: any) => [cell.id, cell.execution_count, cell.outputs.map((output: any) => output.output_type)]),
    [["cell-0", 1, ["stream"]], ["cell-1", 2, ["error"]], ["cell-2", 9, ["stream"]]],
  );
  assert.deepEqual(cells[2].outputs, RECORDED);
  const mark = { aipython: { model: "scripted", simulated: true } };
  // deno-lint-ignore no-explicit-any -- read from JSON
  assert.deepEqual(cells.map(({ metadata }: any) => metadata), [mark, mark, {}]);
});

Deno.test("aipython run --allow-errors continues after a failed cell, names it and exits with 1", async () => {
  await using workspace = await openRunWorkspace(failing, answer(stdout("b\n")));
  await workspace.write("a.ipynb", notebook("a", "b"));
  const { code, stdout: out, stderr: err } = await workspace.run(["a.ipynb", "--allow-errors"]);
  assert.deepEqual([code, out], [1, "b\n"]);
  assert.match(err, /In \[1\] failed: ValueError: no\n2 cells, 1 failed, /);
});

Deno.test("aipython run --quiet writes nothing unless a cell fails", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), stderr("b\n"), result("c")), failing);
  await workspace.write("a.ipynb", notebook("a"));
  assert.deepEqual(await workspace.run(["a.ipynb", "--quiet"]), { code: 0, stdout: "", stderr: "" });
  const { code, stdout: out, stderr: err } = await workspace.run(["a.ipynb", "-q"]);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /^In \[1\] failed: ValueError: no\n1 cell, 1 failed, .*\n$/);
});

Deno.test("aipython run - reads Python or a notebook from standard input", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  for (const input of ["2 + 3\n", notebook("2 + 3"), `\uFEFF${notebook("2 + 3")}`]) {
    assert.equal((await workspace.run(["-"], input)).stdout, "5\n");
  }
  for (const { body } of workspace.server.requests) assert.match(body.messages.at(-1).content, /2 \+ 3/);
});

Deno.test("aipython run exits with 0 for an empty file and writes an empty notebook", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("a.py", "");
  const { code, stderr: err } = await workspace.run(["a.py", "--output", "out.ipynb"]);
  assert.equal(code, 0);
  assert.match(err, /^0 cells, /);
  assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).cells, []);
});

Deno.test("aipython run saves pictures as files and keeps the order of outputs", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="4" height="4"/></svg>';
  await using workspace = await openRunWorkspace(
    answer(
      display({ "image/svg+xml": svg, "text/plain": "<Figure>" }),
      stdout("after\n"),
      display({ "image/png": ONE_PIXEL_PNG }),
    ),
  );
  await workspace.write("a.py", "plot()");
  const { code, stdout: out } = await workspace.run(["a.py", "--pictures", "new/pictures"]);
  assert.equal(code, 0);
  assert.equal(
    out,
    "<Figure> [picture: new/pictures/cell-1-1.png]\nafter\n[picture: new/pictures/cell-1-2.png]\n",
  );
  assert.deepEqual(pngSize(await Deno.readFile(`${workspace.folder}/new/pictures/cell-1-1.png`)), {
    width: 20,
    height: 10,
  });
  assert.equal((await Deno.readFile(`${workspace.folder}/new/pictures/cell-1-2.png`)).toBase64(), ONE_PIXEL_PNG);

  const [, path] = /<Figure> \[picture: (.*)\]/.exec((await workspace.run(["a.py"])).stdout)!;
  assert(path.startsWith(workspace.folder), path);
  assert((await Deno.stat(path)).isFile);

  await workspace.run(["a.py", "--quiet", "--pictures", "quiet"]);
  assert((await Deno.stat(`${workspace.folder}/quiet/cell-1-1.png`)).isFile);
});

Deno.test("aipython run exits with 3 when OpenAI rejects the key, and does not change the notebook", async () => {
  await using workspace = await openRunWorkspaceWith([], { models: { status: 401 } });
  const given = notebook("a");
  await workspace.write("a.ipynb", given);
  const environment = openAIByProxy(workspace.server.host);
  const { code, stderr: err } = await workspace.run(["a.ipynb", "--output", "a.ipynb"], undefined, environment);
  assert.equal(code, 3, err);
  assert.match(err, /does not accept the API key/);
  assert.doesNotMatch(err, /s3cret/);
  assert.equal(await workspace.read("a.ipynb"), given);
  assert.deepEqual(workspace.server.listings.map(({ path }) => path), ["http://api.openai.com/v1/models"]);
});

Deno.test("aipython run only warns when another server rejects the key for the list of models", async () => {
  await using workspace = await openRunWorkspaceWith(answer(stdout("a\n")), { models: { status: 401 } });
  const { code, stdout: out, stderr: err } = await workspace.run(["-"], "print('a')\n");
  assert.deepEqual([code, out], [0, "a\n"], err);
  assert.match(err, /warn {2}the model server does not accept the API key for its list of models/);
});

Deno.test("aipython run needs no key for a local server and completes its base URL", async () => {
  await using workspace = await openRunWorkspaceWith(
    ({ path }) => path === "/v1/chat/completions" ? answer(stdout("a\n")) : { status: 404 },
    { models: ({ path }) => path === "/v1/models" ? { body: { data: [{ id: "scripted" }] } } : { status: 404 } },
  );
  const { host, requests, listings } = workspace.server;
  const environment = { OPENAI_API_KEY: "", OPENAI_BASE_URL: host };
  const { code, stdout: out, stderr: err } = await workspace.run(["-"], "print('a')\n", environment);
  assert.deepEqual([code, out], [0, "a\n"], err);
  for (const { headers } of [...listings, ...requests]) assert.equal(headers.authorization, undefined);
});

Deno.test("aipython run sends no further request when the reader of stdout has gone", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("gone"), stdout("b\n"), gate("never")), []);
  await workspace.write("a.ipynb", notebookWith([], "a", "b"));
  await using child = workspace.start(["a.ipynb", "--output", "out.ipynb"]);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  workspace.server.open("gone");
  await child.stderr.cancel();
  assert.equal((await child.status).code, 141);
  assert.equal(workspace.server.requests.length, 1);
  const { cells } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual(cells[0].outputs[0].text, ["a\n", "b\n"]);
});

Deno.test("aipython run reports once that the model server cannot be reached", async () => {
  await using workspace = await openRunWorkspace(failing);
  await workspace.write("a.ipynb", notebook("a", "b", "c"));
  const { baseUrl } = workspace.server;
  await workspace.server.stop();
  const { code, stderr: err } = await workspace.run(["a.ipynb", "--base-url", baseUrl]);
  assert.equal(code, 1);
  assert.equal(err.match(/reach/g)?.length, 1, err);
  assert.match(err, /^ModelError: The model server 127\.0\.0\.1:\d+ cannot be reached: it refuses connections\. /);
  const { stderr: quiet } = await workspace.run(["a.ipynb", "--base-url", baseUrl, "--allow-errors", "--quiet"]);
  assert.match(quiet, /^In \[1\] to In \[3\] failed: ModelError: The model server .*\n3 cells, 3 failed, .*\n$/);
});

Deno.test("aipython run -p inserts the parameters after the cell tagged parameters", async () => {
  await using workspace = await openRunWorkspace(answer(), answer(), answer());
  await workspace.write("a.py", '# %% tags=["parameters"]\nyear = 2000\n# %%\nf(year)');
  const { code } = await workspace.run(["a.py", "-p", "year", "2026", "-p", "city", "Rome", "-o", "out.ipynb"]);
  assert.equal(code, 0);
  const { cells } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual(cells[1].source.join(""), '# Parameters\nyear = 2026\ncity = "Rome"');
  assert.deepEqual([cells[1].metadata.tags, cells.length, cells[1].execution_count], [["injected-parameters"], 3, 2]);
  const { code: refused, stderr: err } = await workspace.run(["a.py", "-p", "a b", "1"]);
  assert.equal(refused, 2);
  assert.match(err, /^aipython: wrong parameter "a b": .*\nTry aipython run --help\.\n$/);
});

Deno.test("aipython run --cell-timeout interrupts a cell that takes too long and counts it as failed", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("never")), answer(stdout("b\n")));
  await workspace.write("a.ipynb", notebookWith([], "a", "b"));
  const args = ["a.ipynb", "--cell-timeout", "0.5", "--allow-errors", "-o", "out.ipynb"];
  const { code, stderr: err } = await workspace.run(args);
  assert.equal(code, 1);
  assert.match(err, /In \[1\] failed: CellTimeoutError: it took longer than 0\.5 s\n2 cells, 1 failed, /);
  const { cells } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual([cells[0].outputs[1].ename, cells[1].outputs[0].text], ["KeyboardInterrupt", ["b\n"]]);
  const { code: refused, stderr: complaint } = await workspace.run(["a.ipynb", "--cell-timeout", "soon"]);
  assert.deepEqual([refused, /^aipython: wrong cell timeout "soon"/.test(complaint)], [2, true]);
});
