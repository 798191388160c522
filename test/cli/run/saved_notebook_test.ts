/**
 * The notebook that `aipython run --output` writes, and its path.
 *
 * @module
 */

import assert from "node:assert/strict";
import { keyboardInterrupt } from "../../../src/execution/interrupted.ts";
import { pngSize } from "../../../src/media/raster_image.ts";
import { dearPicture, plot } from "../../media/pictures.ts";
import { validNotebook } from "../../nbformat/valid_notebook.ts";
import { answer, display, error, gate, result, stdout } from "../../support/scripted_answer.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "./run_process.ts";
import { notebook, notebookWith, RECORDED } from "./run_notebooks.ts";

Deno.test("aipython run can write its notebook to the file that it runs", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  await workspace.write("a.ipynb", notebook("2 + 3"));
  const { code } = await workspace.run(["a.ipynb", "--output", "a.ipynb"]);
  assert.equal(code, 0);
  const { cells: [cell] } = validNotebook(await workspace.read("a.ipynb"));
  assert.deepEqual(cell.outputs[0].data, { "text/plain": ["5"] });
  assert.deepEqual((await Array.fromAsync(Deno.readDir(workspace.folder))).map(({ name }) => name), ["a.ipynb"]);
});

for (const [signal, expected] of [["SIGHUP", 129], ["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`aipython run writes its notebook on ${signal} and exits with ${expected}`, async () => {
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

/** Returns the MIME types of each output of a notebook's first cell. */
const shownTypes = (file: string) =>
  // deno-lint-ignore no-explicit-any -- read from JSON
  validNotebook(file).cells[0].outputs.map(({ data }: any) => Object.keys(data).sort());

/** Reads a stream until the given text appears. */
async function readUntil(part: string, stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ""; !text.includes(part);) {
    const { done, value } = await reader.read();
    assert.ok(!done, `the stream ended without ${part}: ${text}`);
    text += value;
  }
  return reader;
}

const figure = (svg: string) => display({ "image/svg+xml": svg, "text/plain": "<Figure>" });

const [undrawn, drawn] = [["image/svg+xml", "text/plain"], ["image/png", "image/svg+xml", "text/plain"]];

Deno.test("aipython run exits on Ctrl-C while it draws a picture, and keeps that picture as an SVG", async () => {
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

Deno.test("aipython run stops drawing pictures for its notebook on Ctrl-C and writes the notebook", async () => {
  await using workspace = await openRunWorkspace(
    answer(...Array(3).fill(figure(dearPicture))),
    answer(error("ValueError", "no")),
  );
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

Deno.test("aipython run writes its notebook although a second Ctrl-C arrives before that is done", async () => {
  await using workspace = await openRunWorkspace(
    answer(stdout("a\n"), figure(dearPicture)),
    answer(error("ValueError", "no")),
    answer(gate("never")),
  );
  await workspace.write("a.ipynb", notebook("a", "b", "c"));
  await using child = workspace.start(["a.ipynb", "--quiet", "--allow-errors", "--output", "out.ipynb"]);
  await workspace.server.reached("never");
  child.kill("SIGINT");
  // The summary of the run. The picture is drawn next.
  const reader = await readUntil("interrupted, ", child.stderr);
  child.kill("SIGINT");
  assert.equal((await child.status).code, 130);
  const { cells: [{ outputs: [text, picture] }] } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual([text.text, Object.keys(picture.data).sort()], [["a\n"], undrawn]);
  await Promise.all([child.stdout.cancel(), reader.cancel()]);
});

Deno.test("aipython run reports before the first request that outputs cannot be written", async () => {
  await using workspace = await openRunWorkspace(answer());
  await workspace.write("a.py", "1");
  await Deno.mkdir(`${workspace.folder}/folder.ipynb`);
  const cases: [args: string[], message: RegExp][] = [
    [["--output", "no/folder/out.ipynb"], /cannot write "no\/folder\/out\.ipynb": there is no such file or folder/],
    [["--output", "folder.ipynb"], /it is a folder/],
    [["--output", "a.py/out.ipynb"], /a part of the path is a file/],
    [["--output", "out.py"], /--output writes a notebook, so its name must end in \.ipynb/],
    [["--pictures", "a.py"], /cannot save pictures in "a\.py"/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr: err } = await workspace.run(["a.py", ...args]);
    assert.equal(code, 2, err);
    assert.match(err, message);
  }
  assert.deepEqual([workspace.server.requests.length, workspace.server.listings.length], [0, 0]);
  assert.equal(await workspace.read("a.py"), "1");
});

Deno.test("aipython run writes a figure as SVG and PNG and does not change a skipped cell", async () => {
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

Deno.test("aipython run does not change a cell whose model request fails, and writes the others", async () => {
  await using workspace = await openRunWorkspaceWith(({ number }) =>
    number === 0 ? answer(stdout("a\n")) : { status: 400, body: { error: { message: "no such model" } } }
  );
  await workspace.write("a.ipynb", notebook("a", "b"));
  const { code } = await workspace.run(["a.ipynb", "--output", "out.ipynb"]);
  assert.equal(code, 1);
  const { cells } = validNotebook(await workspace.read("out.ipynb"));
  assert.deepEqual([cells[0].outputs[0].text, cells[1].outputs, cells[1].execution_count], [["a\n"], RECORDED, 9]);
});

Deno.test("aipython run writes nothing when no cell was answered", async () => {
  await using workspace = await openRunWorkspaceWith({ status: 400, body: { error: { message: "no such model" } } });
  const given = notebook("a", "b");
  await workspace.write("a.ipynb", given);
  const { code, stderr: err } = await workspace.run(["a.ipynb", "--output", "a.ipynb", "--allow-errors"]);
  assert.equal(code, 1);
  assert.match(err, /No cell was answered, so no notebook was written\./);
  assert.equal(await workspace.read("a.ipynb"), given);
});

Deno.test("aipython run does not overwrite a notebook that another program has changed, and writes a new file", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n"), gate("changed")));
  await workspace.write("a.ipynb", notebook("a"));
  await using child = workspace.start(["a.ipynb", "--output", "a.ipynb"]);
  await workspace.server.reached("changed");
  const theirs = notebook("a", "b");
  await workspace.write("a.ipynb", theirs);
  workspace.server.open("changed");
  const complaints = await new Response(child.stderr).text();
  assert.equal((await child.status).code, 1);
  assert.match(complaints, /"a\.ipynb" was changed by another program .* is in "a\.aipython\.ipynb"/);
  assert.equal(await workspace.read("a.ipynb"), theirs);
  assert.deepEqual(validNotebook(await workspace.read("a.aipython.ipynb")).cells[0].outputs[0].text, ["a\n"]);
  await child.stdout.cancel();
});

Deno.test("aipython run --inplace writes its notebook to the file that it runs", async () => {
  await using workspace = await openRunWorkspace(answer(result("5")));
  await workspace.write("a.ipynb", notebook("2 + 3"));
  assert.equal((await workspace.run(["a.ipynb", "--inplace"])).code, 0);
  assert.deepEqual(validNotebook(await workspace.read("a.ipynb")).cells[0].outputs[0].data, { "text/plain": ["5"] });
  await workspace.write("a.py", "1");
  for (const args of [["a.py", "--inplace"], ["-", "--inplace"], ["a.ipynb", "--inplace", "-o", "b.ipynb"]]) {
    const { code, stderr: err } = await workspace.run(args);
    assert.equal(code, 2);
    assert.match(err, /^aipython: (?:--inplace needs a notebook|give --inplace or --output, not both)/);
  }
});

Deno.test("aipython run --output - writes only the notebook to standard output", async () => {
  await using workspace = await openRunWorkspace(answer(stdout("a\n")), answer(result("5")));
  const { code, stdout: out, stderr: err } = await workspace.run(["-", "--output", "-"], notebook("a", "2 + 3"));
  assert.equal(code, 0, err);
  assert.deepEqual(validNotebook(out).cells[0].outputs[0].text, ["a\n"]);
  assert.match(err, /^cell 1 of 2 has ended, .*\n2 cells, .*\n$/);
});
