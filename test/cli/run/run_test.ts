import assert from "node:assert/strict";
import { keyboardInterrupt } from "../../../src/execution/interrupted.ts";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { pngSize } from "../../../src/media/raster_image.ts";
import { dearPicture, ONE_PIXEL_PNG, plot } from "../../media/pictures.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, display, error, gate, result, stderr, stdout } from "../../support/scripted_answer.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "./run_process.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const failing = answer(error("ValueError", "no"));

const RECORDED = [{ output_type: "stream", name: "stdout", text: "recorded" }];

/** A notebook of code cells that have been run before. */
const notebook = (...sources: string[]) => notebookWith(RECORDED, ...sources);

const notebookWith = (outputs: unknown[], ...sources: string[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { title: "T" },
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      source,
      execution_count: 9,
      outputs,
    })),
  });

Deno.test("aipython run writes outputs while the model is still writing", async () => {
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

Deno.test("aipython run leaves in a pipe what Python would print, and says the rest on stderr", async () => {
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

Deno.test("aipython run ends at the first cell that fails, with exit code 1", async () => {
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

Deno.test("aipython run --allow-errors goes on, names what failed, and still exits with 1", async () => {
  await using workspace = await openRunWorkspace(failing, answer(stdout("b\n")));
  await workspace.write("a.ipynb", notebook("a", "b"));
  const { code, stdout: out, stderr: err } = await workspace.run(["a.ipynb", "--allow-errors"]);
  assert.deepEqual([code, out], [1, "b\n"]);
  assert.match(err, /In \[1\] failed: ValueError: no\n2 cells, 1 failed, /);
});

Deno.test("aipython run --quiet says nothing of a run that went well, and which cells failed of another", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), stderr("b\n"), result("c")), failing);
  await workspace.write("a.ipynb", notebook("a"));
  assert.deepEqual(await workspace.run(["a.ipynb", "--quiet"]), { code: 0, stdout: "", stderr: "" });
  const { code, stdout: out, stderr: err } = await workspace.run(["a.ipynb", "-q"]);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, /^In \[1\] failed: ValueError: no\n1 cell, 1 failed, .*\n$/);
});

Deno.test("aipython run may write its notebook over the one that it runs", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  await workspace.write("a.ipynb", notebook("2 + 3"));
  const { code } = await workspace.run(["a.ipynb", "--output", "a.ipynb"]);
  assert.equal(code, 0);
  const { cells: [cell] } = validNotebook(await workspace.read("a.ipynb"));
  assert.deepEqual(cell.outputs[0].data, { "text/plain": ["5"] });
  assert.deepEqual((await Array.fromAsync(Deno.readDir(workspace.folder))).map(({ name }) => name), ["a.ipynb"]);
});

for (const [signal, expected] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`aipython run writes what there is at ${signal}, and exits with ${expected}`, async () => {
    await using workspace = await openRunWorkspace(answer(stdout("a\n")), answer(stdout("begun\n"), gate("never")));
    await workspace.write("a.ipynb", notebookWith([], "a", "b", "c"));
    await using child = workspace.start(["a.ipynb", "--output", "out.ipynb"]);
    await workspace.server.reached("never");
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    for (let out = ""; !out.includes("begun\n");) out += (await reader.read()).value;
    child.kill(signal);
    assert.equal((await child.status).code, expected);
    const { cells } = validNotebook(await workspace.read("out.ipynb"));
    assert.deepEqual(
      // deno-lint-ignore no-explicit-any -- read from JSON
      cells.map(({ outputs }: any) => outputs.map(({ text, ename }: any) => text?.join("") ?? ename)),
      [["a\n"], ["begun\n", "KeyboardInterrupt"], []],
    );
    const { type: _, ...interrupt } = keyboardInterrupt({ executionCount: 2, code: "b" });
    assert.deepEqual(cells[1].outputs[1], { output_type: "error", ...interrupt });
    assert.match(await new Response(child.stderr).text(), /KeyboardInterrupt[^]*2 of 3 cells, interrupted, /);
    await reader.cancel();
  });
}

/** The types of the outputs of a notebook's first cell. */
const shownTypes = (file: string) =>
  // deno-lint-ignore no-explicit-any -- read from JSON
  validNotebook(file).cells[0].outputs.map(({ data }: any) => Object.keys(data).sort());

/** Reads a text up to a part of it. */
async function readUntil(part: string, stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes(part);) {
    const { done, value } = await reader.read();
    assert.ok(!done, `it ended without ${part}: ${text}`);
    text += value;
  }
  return reader;
}

const figure = (svg: string) => display({ "image/svg+xml": svg, "text/plain": "<Figure>" });
const [undrawn, drawn] = [["image/svg+xml", "text/plain"], ["image/png", "image/svg+xml", "text/plain"]];

Deno.test("aipython run ends at Ctrl-C while a picture is drawn, and leaves that one an SVG", async () => {
  await using workspace = await openRunWorkspace(answer(figure(plot(3)), figure(dearPicture)));
  await workspace.write("a.py", "plot()");
  await using child = workspace.start(["a.py", "--output", "out.ipynb"]);
  const reader = await readUntil("cell-1-1.png]\n", child.stdout);
  child.kill("SIGINT");
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 130);
  assert.match(
    complaints,
    /an SVG could not be drawn as PNG; it is shown as it is reason="drawing it was interrupted"/,
  );
  assert.deepEqual(shownTypes(await workspace.read("out.ipynb")), [drawn, undrawn]);
  await reader.cancel();
});

Deno.test("aipython run gives up at Ctrl-C what it draws for its notebook, and writes it", async () => {
  await using workspace = await openRunWorkspace(answer(...Array(3).fill(figure(dearPicture))), failing);
  await workspace.write("a.ipynb", notebook("a", "b"));
  await using child = workspace.start(["a.ipynb", "--quiet", "--output", "out.ipynb"]);
  const reader = await readUntil("In [2] failed", child.stderr);
  child.kill("SIGINT");
  assert.equal((await child.status).code, 130);
  const shown = shownTypes(await workspace.read("out.ipynb"));
  assert.equal(shown.length, 3);
  assert.deepEqual(shown.at(-1), undrawn);
  await Promise.all([child.stdout.cancel(), reader.cancel()]);
});

Deno.test("aipython run leaves at a second Ctrl-C, and has written the cells that had ended", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")), answer(gate("never")));
  await workspace.write("a.ipynb", notebook("a", "b"));
  await using child = workspace.start(["a.ipynb", "--output", "out.ipynb"]);
  await workspace.server.reached("never");
  child.kill("SIGINT");
  child.kill("SIGINT");
  assert.equal((await child.status).code, 130);
  assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).cells[0].outputs[0].text, ["a\n"]);
  await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
});

Deno.test("aipython run finds out before the first request that outputs cannot be written", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("a.py", "1");
  await Deno.mkdir(`${workspace.folder}/folder.ipynb`);
  const cases: [args: string[], message: RegExp][] = [
    [["--output", "no/folder/out.ipynb"], /cannot write "no\/folder\/out\.ipynb": there is no such file or folder/],
    [["--output", "folder.ipynb"], /it is a folder/],
    [["--output", "a.py/out.ipynb"], /a part of the path is a file/],
    [["--output", "out.py"], /what --output writes is a notebook, name it \.ipynb/],
    [["--pictures", "a.py"], /cannot keep pictures in "a\.py"/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr: err } = await workspace.run(["a.py", ...args]);
    assert.equal(code, 2, err);
    assert.match(err, message);
  }
  assert.deepEqual([workspace.server.requests.length, workspace.server.listings.length], [0, 0]);
  assert.equal(await workspace.read("a.py"), "1");
});

Deno.test("aipython run says of what it cannot run why", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("empty.ipynb", "");
  await workspace.write("cut.ipynb", notebook("a").slice(0, -9));
  await workspace.write("new.ipynb", JSON.stringify({ nbformat: 5, cells: [] }));
  await workspace.write(
    "julia.ipynb",
    JSON.stringify({ nbformat: 4, metadata: { language_info: { name: "julia" } }, cells: [] }),
  );
  await workspace.writeBytes("latin1.py", latin1("a = 1\n'\xe4'"));
  await workspace.writeBytes("latin1.ipynb", latin1(notebook("'\xe4'")));
  await workspace.writeBytes("utf16.py", new Uint8Array([0xff, 0xfe, 0x31, 0]));
  await workspace.writeBytes("ascii.py", latin1("# coding: ascii\n'\xe4'"));
  await workspace.write("martian.py", "# coding: martian\n1");
  await workspace.write("binary.py", "\0\x01");
  await workspace.write("notes.txt", "x");
  await Deno.mkdir(`${workspace.folder}/folder.py`);
  const cases: [args: string[], message: RegExp, input?: string][] = [
    [[], /missing FILE: A notebook \(\.ipynb\), a Python file \(\.py\), or - for standard input/],
    [["missing.py"], /cannot read "missing\.py": there is no such file/],
    [["folder.py"], /cannot read "folder\.py": it is a folder/],
    [["notes.txt"], /cannot run "notes\.txt": expected a notebook \(\.ipynb\)/],
    [["empty.ipynb"], /the notebook is empty/],
    [["cut.ipynb"], /the notebook is not JSON/],
    [["new.ipynb"], /nbformat is 5: formats up to 4/],
    [["julia.ipynb"], /this notebook is Julia, .*; --any-language runs it/],
    [["binary.py"], /it is not text: it holds null bytes/],
    [["latin1.py"], /not text in UTF-8: byte 0xE4 on line 2, 8 bytes into the file; convert it with iconv -f/],
    [["latin1.ipynb"], /not text in UTF-8: byte 0xE4/],
    [["utf16.py"], /it is text in UTF-16, not in UTF-8; convert it with iconv -f UTF-16 -t UTF-8/],
    [["ascii.py"], /it is not text in ascii, the encoding that it names itself/],
    [["martian.py"], /its encoding, martian, is not known/],
    [["-"], /cannot read standard input: the notebook is not JSON/, notebook("a").slice(0, -9)],
  ];
  for (const [args, message, input] of cases) {
    const { code, stdout: out, stderr: err } = await workspace.run(args, input);
    assert.deepEqual([code, out], [2, ""], err);
    assert.match(err, message);
  }
  assert.equal(workspace.server.requests.length, 0);
});

Deno.test("aipython run - takes Python or a notebook from standard input", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  for (const input of ["2 + 3\n", notebook("2 + 3"), `\uFEFF${notebook("2 + 3")}`]) {
    assert.equal((await workspace.run(["-"], input)).stdout, "5\n");
  }
  for (const { body } of workspace.server.requests) assert.match(body.messages.at(-1).content, /2 \+ 3/);
});

Deno.test("aipython run has nothing to do in an empty file, and does it", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("a.py", "");
  const { code, stderr: err } = await workspace.run(["a.py", "--output", "out.ipynb"]);
  assert.equal(code, 0);
  assert.match(err, /^0 cells, /);
  assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).cells, []);
});

Deno.test("aipython run keeps pictures as files, and outputs stay in order", async () => {
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

Deno.test("aipython run writes a figure as PNG beside its SVG, and leaves a cell alone that is not run", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5" viewBox="0 0 10 5"><rect width="4" height="4"/></svg>';
  const update = display({ "image/svg+xml": svg.replace("10", "20") }, { display_id: "d", update: true });
  const scripts = [answer(display({ "image/svg+xml": svg }, { display_id: "d" })), answer(update)];
  await using workspace = await openRunWorkspaceWith(({ number }) => scripts[number % 2]);
  const given = JSON.parse(notebook("plot()", "skipped()", "update()"));
  const recorded = { output_type: "display_data", data: { "image/svg+xml": [svg] }, metadata: {} };
  Object.assign(given.cells[1], { metadata: { tags: ["skip-execution"] }, outputs: [recorded] });
  await workspace.write("a.ipynb", JSON.stringify(given));
  for (const flags of [["--pictures", "new"], ["--quiet"]]) {
    const { code, stderr: err } = await workspace.run(["a.ipynb", "--output", "out.ipynb", ...flags]);
    assert.equal(code, 0, err);
    const { cells: [plot, skipped] } = validNotebook(await workspace.read("out.ipynb"));
    const [{ data, metadata }] = plot.outputs;
    assert.deepEqual(data["image/svg+xml"], [svg.replace("10", "20")]);
    assert.deepEqual(pngSize(Uint8Array.fromBase64(data["image/png"])), { width: 40, height: 10 });
    assert.deepEqual(metadata, { "image/png": { width: 20, height: 5 } });
    assert.deepEqual(skipped.outputs, [recorded]);
  }
});

Deno.test("aipython run exits with 3 when OpenAI refuses the key, and leaves the notebook alone", async () => {
  await using workspace = await openRunWorkspaceWith([], { models: { status: 401 } });
  const given = notebook("a");
  await workspace.write("a.ipynb", given);
  const environment = openAIByProxy(workspace.server.host);
  const { code, stderr: err } = await workspace.run(["a.ipynb", "--output", "a.ipynb"], undefined, environment);
  assert.equal(code, 3, err);
  assert.match(err, /does not take the API key/);
  assert.doesNotMatch(err, /s3cret/);
  assert.equal(await workspace.read("a.ipynb"), given);
  assert.deepEqual(workspace.server.listings.map(({ path }) => path), ["http://api.openai.com/v1/models"]);
});

Deno.test("aipython run goes on where another server refuses the list of models alone", async () => {
  await using workspace = await openRunWorkspaceWith(answer(stdout("a\n")), { models: { status: 401 } });
  const { code, stdout: out, stderr: err } = await workspace.run(["-"], "print('a')\n");
  assert.deepEqual([code, out], [0, "a\n"], err);
  assert.match(err, /warn {2}the model server does not take the API key for its list of models/);
});

Deno.test("aipython run needs no key for a server on this machine, whose address may lack scheme and version", async () => {
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

Deno.test("aipython run leaves a cell alone whose model fails, and writes the others", async () => {
  await using workspace = await openRunWorkspaceWith(({ number }) =>
    number === 0 ? answer(stdout("a\n")) : { status: 400, body: { error: { message: "no such model" } } }
  );
  await workspace.write("a.ipynb", notebook("a", "b"));
  const { code } = await workspace.run(["a.ipynb", "--output", "out.ipynb"]);
  assert.equal(code, 1);
  const { cells } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual([cells[0].outputs[0].text, cells[1].outputs, cells[1].execution_count], [["a\n"], RECORDED, 9]);
});

Deno.test("aipython run writes nothing where no cell was answered", async () => {
  await using workspace = await openRunWorkspaceWith({ status: 400, body: { error: { message: "no such model" } } });
  const given = notebook("a", "b");
  await workspace.write("a.ipynb", given);
  const { code, stderr: err } = await workspace.run(["a.ipynb", "--output", "a.ipynb", "--allow-errors"]);
  assert.equal(code, 1);
  assert.match(err, /No cell was answered, so no notebook was written\./);
  assert.equal(await workspace.read("a.ipynb"), given);
});

Deno.test("aipython run leaves a notebook alone that somebody else has changed meanwhile, and writes another one", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("changed")));
  await workspace.write("a.ipynb", notebook("a"));
  await using child = workspace.start(["a.ipynb", "--output", "a.ipynb"]);
  await workspace.server.reached("changed");
  const theirs = notebook("a", "b");
  await workspace.write("a.ipynb", theirs);
  workspace.server.open("changed");
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 1);
  assert.match(complaints, /"a\.ipynb" has been changed by somebody else .* is in "a\.aipython\.ipynb"/);
  assert.equal(await workspace.read("a.ipynb"), theirs);
  assert.deepEqual(validNotebook(await workspace.read("a.aipython.ipynb")).cells[0].outputs[0].text, ["a\n"]);
  await child.stdout.cancel();
});

Deno.test("aipython run asks no model any more when the reader of its outputs has gone", async () => {
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

Deno.test("aipython run reads a Python file in the encoding that it declares", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  await workspace.writeBytes("a.py", latin1("#!/usr/bin/env python\n# -*- coding: latin-1 -*-\nprint('\xe4')"));
  assert.equal((await workspace.run(["a.py"])).code, 0);
  assert.match(JSON.stringify(workspace.server.requests[0].body), /print\('ä'\)/);
});

Deno.test("aipython run --any-language runs a notebook that is not in Python", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  const metadata = { kernelspec: { name: "ir", display_name: "R", language: "R" }, language_info: { name: "R" } };
  const cells = [{ cell_type: "code", source: "1" }];
  await workspace.write("a.ipynb", JSON.stringify({ nbformat: 4, metadata, cells }));
  assert.equal((await workspace.run(["a.ipynb"])).code, 2);
  assert.equal(workspace.server.requests.length, 0);
  assert.equal((await workspace.run(["a.ipynb", "--any-language", "--output", "out.ipynb"])).code, 0);
  assert.deepEqual(validNotebook(await workspace.read("out.ipynb")).metadata.kernelspec, metadata.kernelspec);
});

Deno.test("aipython run says once that the model server cannot be reached", async () => {
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

Deno.test("aipython run -p sets variables behind the cell that is tagged parameters", async () => {
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

Deno.test("aipython run --inplace writes into the notebook that it runs", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  await workspace.write("a.ipynb", notebook("2 + 3"));
  assert.equal((await workspace.run(["a.ipynb", "--inplace"])).code, 0);
  assert.deepEqual(validNotebook(await workspace.read("a.ipynb")).cells[0].outputs[0].data, { "text/plain": ["5"] });
  await workspace.write("a.py", "1");
  for (const args of [["a.py", "--inplace"], ["-", "--inplace"], ["a.ipynb", "--inplace", "-o", "b.ipynb"]]) {
    const { code, stderr: err } = await workspace.run(args);
    assert.equal(code, 2);
    assert.match(err, /^aipython: (?:--inplace writes into a notebook|give --inplace or --output, not both)/);
  }
});

Deno.test("aipython run --output - writes the notebook to standard output, and nothing else", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")), answer(result("5")));
  const { code, stdout: out, stderr: err } = await workspace.run(["-", "--output", "-"], notebook("a", "2 + 3"));
  assert.equal(code, 0, err);
  assert.deepEqual(validNotebook(out).cells[0].outputs[0].text, ["a\n"]);
  assert.match(err, /^cell 1 of 2 has ended, .*\n2 cells, .*\n$/);
});

Deno.test("aipython run --cell-timeout interrupts a cell that takes too long, which has failed then", async () => {
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

Deno.test({
  name: "aipython run ends with a sentence where stdout cannot be written, and its notebook is there",
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

Deno.test("aipython run writes its notebook elsewhere where its folder has gone, also without a temporary folder", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("gone")));
  await workspace.write("a.ipynb", notebook("a"));
  await Deno.mkdir(`${workspace.folder}/out`);
  const environment = { TMPDIR: `${workspace.folder}/none`, HOME: workspace.folder, DENO_DIR: await denoDir() };
  await using child = workspace.start(["a.ipynb", "-o", "out/b.ipynb"], environment);
  await workspace.server.reached("gone");
  await Deno.remove(`${workspace.folder}/out`);
  workspace.server.open("gone");
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 1);
  const [, path] = /cannot write "out\/b\.ipynb": .*; the notebook is in (\S+)\n/.exec(complaints) ?? [];
  assert(path?.startsWith(`${workspace.folder}/aipython-output-`), complaints);
  assert.deepEqual(validNotebook(await Deno.readTextFile(path)).cells[0].outputs[0].text, ["a\n"]);
  await child.stdout.cancel();
});

async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
