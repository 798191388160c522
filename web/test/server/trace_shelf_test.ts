/**
 * The traces of cells: their storage, their limits, and who can read them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { CellTrace } from "../../../src/execution/trace/cell_trace.ts";
import { parseTrace } from "../../../src/execution/trace/parse_trace.ts";
import { findSecrets } from "../../../test/security/secret_forms.ts";
import { openClient } from "../../../test/support/notebook_client.ts";
import { answer, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import type { StorageError } from "../../server/storage_error.ts";
import { MAX_CELLS, MAX_NOTEBOOK_CHARACTERS, TraceShelf } from "../../server/trace_shelf.ts";
import { startSmallServer } from "./small_server.ts";
import { startTestSite, type TestSite } from "./test_site.ts";

/** Makes a trace of a cell. */
const record = (notebookId: string, cellId: string, executionCount: number, error?: string): CellTrace => ({
  startedAt: "2026-01-02T03:04:05.000Z",
  notebookId,
  cellId,
  executionCount,
  model: "scripted",
  requests: [],
  usage: { requests: 0, input: 0, cachedInput: 0, output: 0 },
  totalMs: 1,
  ended: "success",
  error,
});

/** Provides a new folder of traces, with the notebooks `a` and `b`. */
async function openShelf() {
  const dataDir = await Deno.makeTempDir({ prefix: "traces-" });
  const errors: StorageError[] = [];
  const notebooks = new Set(["a", "b"]);
  const open = () =>
    TraceShelf.open({ dataDir, has: (id) => notebooks.has(id), onStorageError: (error) => void errors.push(error) });
  return {
    open,
    errors,
    notebooks,
    folder: join(dataDir, "traces"),
    file: (id: string) => join(dataDir, "traces", `${id}.jsonl`),
    [Symbol.asyncDispose]: () => Deno.remove(dataDir, { recursive: true }),
  };
}

/** Returns the execution count of a cell's stored trace. */
const kept = (shelf: TraceShelf, notebook: string, cell: string) =>
  JSON.parse(shelf.read(notebook, cell) ?? "{}").executionCount;

Deno.test("the trace of each cell's last execution is kept over a restart in a private file", async () => {
  await using at = await openShelf();
  const shelf = await at.open();
  for (const [cell, number] of [["x", 1], ["y", 2], ["x", 3]] as const) shelf.add(record("a", cell, number));
  shelf.add(record("b", "x", 9));
  for (const each of [shelf, await at.open()]) {
    assert.deepEqual([kept(each, "a", "x"), kept(each, "a", "y"), kept(each, "b", "x")], [3, 2, 9]);
    assert.equal(each.read("a", "z"), undefined);
  }
  assert.equal((await Deno.stat(at.folder)).mode! & 0o777, 0o700);
  assert.equal((await Deno.stat(at.file("a"))).mode! & 0o777, 0o600);
  const lines = (await Deno.readTextFile(at.file("a"))).trimEnd().split("\n");
  assert.deepEqual(lines.map((line) => parseTrace(line)?.executionCount), [1, 2, 3]);
});

Deno.test("a notebook's traces are removed with it, and no trace is added later", async () => {
  await using at = await openShelf();
  const shelf = await at.open();
  shelf.add(record("a", "x", 1));
  shelf.add(record("b", "x", 2));
  at.notebooks.delete("a");
  shelf.remove("a");
  shelf.add(record("a", "x", 3));
  await assert.rejects(Deno.stat(at.file("a")), Deno.errors.NotFound);
  assert.equal(shelf.read("a", "x"), undefined);
  assert.equal(kept(shelf, "b", "x"), 2);
  shelf.remove("never run");
  at.notebooks.delete("b");
  await at.open();
  await assert.rejects(Deno.stat(at.file("b")), Deno.errors.NotFound);
  assert.deepEqual(at.errors, []);
});

Deno.test("a notebook keeps the traces of a limited number of cells, those that ran last", async () => {
  await using at = await openShelf();
  const shelf = await at.open();
  for (let number = 0; number <= MAX_CELLS; number++) shelf.add(record("a", `cell ${number}`, number));
  for (const each of [shelf, await at.open()]) {
    assert.deepEqual([each.read("a", "cell 0"), kept(each, "a", "cell 1")], [undefined, 1]);
  }
});

Deno.test("a file that has grown too large is rewritten with the current traces", async () => {
  await using at = await openShelf();
  const shelf = await at.open();
  const long = "x".repeat(400_000);
  let largest = 0;
  for (let number = 0; number < 45; number++) {
    shelf.add(record("a", `cell ${number % 15}`, number, long));
    largest = Math.max(largest, (await Deno.stat(at.file("a"))).size);
  }
  assert.ok(largest <= 2 * MAX_NOTEBOOK_CHARACTERS, `${largest} bytes`);
  for (const each of [shelf, await at.open()]) assert.equal(kept(each, "a", "cell 14"), 44);
  const total = Array.from({ length: 15 }, (_, cell) => shelf.read("a", `cell ${cell}`)?.length ?? 0);
  assert.ok(total.reduce((sum, length) => sum + length) <= MAX_NOTEBOOK_CHARACTERS);
});

Deno.test("broken lines of a file are skipped, and a trace that cannot be written is kept in memory", async () => {
  await using at = await openShelf();
  const first = await at.open();
  first.add(record("a", "x", 1));
  await Deno.writeTextFile(at.file("a"), 'garbage\n{"cellId":"x"}\n{"sta', { append: true });
  const shelf = await at.open();
  assert.equal(kept(shelf, "a", "x"), 1);
  shelf.add(record("a", "y", 2));
  assert.equal(kept(await at.open(), "a", "y"), 2);
  await Deno.remove(at.folder, { recursive: true });
  shelf.add(record("a", "z", 3));
  assert.equal(kept(shelf, "a", "z"), 3);
  assert.match(at.errors[0].message, /a\.jsonl cannot be written: there is no such file or folder/);
});

Deno.test("only the page can read a trace, and only of an existing notebook", async () => {
  await using server = await startSmallServer();
  server.traces.add(record("known", "a/b ü", 4));
  const path = "/api/notebooks/known/trace?cell=a%2Fb%20%C3%BC";
  const shown = await server.askWithCookie(path);
  assert.deepEqual([shown.status, JSON.parse(shown.body).executionCount], [200, 4]);
  assert.deepEqual([shown.headers["content-type"], shown.headers["cache-control"]], ["application/json", "no-store"]);
  assert.equal((await server.ask(path)).status, 401);
  const elsewhere = await server.askWithCookie(path, { headers: { origin: "http://evil.example" } });
  assert.equal(elsewhere.status, 403);
  for (
    const wrong of [
      "/api/notebooks/known/trace?cell=other",
      "/api/notebooks/known/trace",
      "/api/notebooks/gone/trace?cell=a",
    ]
  ) {
    assert.equal((await server.askWithCookie(wrong)).status, 404, wrong);
  }
});

/** Runs a cell in a notebook as another client of the site's sync server. */
async function runCell(site: TestSite, notebookId: string, source: string): Promise<string> {
  const authToken = (await Deno.readTextFile(join(site.dataDir, "sync_token"))).trim();
  await using person = await openClient({ syncUrl: site.syncUrl, authToken, notebookId });
  const cell = person.addCell(source);
  await person.requestIs(person.run(cell), "completed");
  return cell;
}

async function statusOf(asked: Promise<Response>): Promise<number> {
  const { status, body } = await asked;
  await body?.cancel();
  return status;
}

Deno.test("a site's agents record traces without secrets until the notebook is deleted", async () => {
  const key = "sk-of-the-site-0123456789";
  await using model = await startScriptedModel(answer(stdout(`${key}\n`)));
  const dataDir = await Deno.makeTempDir({ prefix: "traces-" });
  const environment = { OPENAI_API_KEY: key, OPENAI_BASE_URL: model.baseUrl, AIPYTHON_MODEL: "scripted" };
  let path = "";
  let id = "";
  {
    await using site = await startTestSite({ environment, dataDir });
    const created = await site.ask("/api/notebooks", { method: "POST", body: JSON.stringify({ title: "Traced" }) });
    ({ id } = await created.json());
    await statusOf(site.ask(`/api/notebooks/${id}`, { method: "PATCH", body: JSON.stringify({ cells: 1 }) }));
    await statusOf(site.ask(`/api/notebooks/${id}/runtime`, { method: "POST" }));
    const cell = await runCell(site, id, `print("${key}")`);
    path = `/api/notebooks/${id}/trace?cell=${cell}`;
    const { requests, notebookId, cellId } = await (await site.ask(path)).json();
    assert.deepEqual([notebookId, cellId, requests.length], [id, cell, 1]);
    assert.deepEqual(requests[0].reply, [{ type: "call", name: "stdout", arguments: '{"text":"[hidden]\\n"}' }]);
  }
  const file = join(dataDir, "traces", `${id}.jsonl`);
  assert.deepEqual(findSecrets(await Deno.readTextFile(file), [key]), []);
  await using site = await startTestSite({ environment, dataDir });
  assert.equal((await (await site.ask(path)).json()).requests.length, 1);
  assert.equal(await statusOf(site.ask(`/api/notebooks/${id}`, { method: "DELETE" })), 204);
  assert.equal(await statusOf(site.ask(path)), 404);
  await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
});
