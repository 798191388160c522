/**
 * Tests of rich outputs on the real notebook server: in the forms that the app draws, as artifacts, and in the order of the calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import type { LogFields, Logger } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { svgToPng } from "../../../src/media/svg_to_png.ts";
import { NotebookOutput } from "../../../src/notebook/output/notebook_output.ts";
import { Outbox } from "../../../src/notebook/output/outbox.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { BARE_JPEG, ONE_PIXEL_PNG, plot } from "../../media/pictures.ts";
import { reachedFrom, readImports } from "../../support/import_graph.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";

type Representation = { type: string; data?: unknown; artifactId?: string; metadata?: unknown };

/** Returns a plot as the notebook has it: with its own size, and with a style that makes it shrink on a narrow page. */
const shownPlot = (points: number) =>
  plot(points).replace(' viewBox="0 0 640 480"', '$& width="640" height="480" style="max-width:100%;height:auto"');

/** Pictures, a table and a text, each longer than an event should be. */
const LARGE_SVG = plot(6_000);
const LARGE_PNG = (await svgToPng(plot(400))).toBase64();
const LARGE_HTML = `<table>${"<tr><td>1</td></tr>".repeat(1_000)}</table>`;
const LARGE_TEXT = "x".repeat(20_000);

/** Starts a server for artifacts only. */
function startArtifacts(handler: (request: Request) => Response | Promise<Response>) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
}

/** Returns a logger and its warnings. */
function startLog() {
  const warnings: [string, LogFields | undefined][] = [];
  const logger: Logger = { ...silentLogger, warn: (message, fields) => warnings.push([message, fields]) };
  return { warnings, logger };
}

function startOutput(client: NotebookClient, options: { syncUrl: string; authToken: string; notebookId: string }) {
  const controller = new AbortController();
  const { signal } = controller;
  const { warnings, logger } = startLog();
  const outbox = new Outbox(client.store, systemClock, signal);
  const output = new NotebookOutput({
    outbox,
    cellId: "cell",
    executionCount: 1,
    actor: "runtime-r",
    signal,
    logger,
    ...options,
  });
  return { output, controller, warnings };
}

Deno.test("NotebookOutput writes rich outputs to a real server", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, apiUrl, authToken } = server;

  /** Writes outputs of the cell `cell`, and returns what another client then reads. */
  const readBack = async (write: (output: NotebookOutput) => void, artifactsAt = syncUrl) => {
    const notebookId = newNotebookId();
    await using writer = await openClient({ syncUrl, authToken, notebookId });
    const { output, warnings } = startOutput(writer, { syncUrl: artifactsAt, authToken, notebookId });
    write(output);
    await output.flush();
    await writer.store.settled();
    await using reader = await openClient({ syncUrl, authToken, notebookId });
    const rows = reader.outputs("cell");
    const bundles = rows.map(({ representations }) => representations as Record<string, Representation>);
    return { notebookId, rows, bundles, warnings };
  };

  await t.step("an SVG is inline in its own size, and is neither drawn nor uploaded", async () => {
    const asked: string[] = [];
    await using counting = startArtifacts(({ url }) => {
      asked.push(url);
      return new Response(null, { status: 500 });
    });
    const { bundles: [figure], warnings } = await readBack(
      (output) => output.display({ "image/svg+xml": plot(400), "text/plain": "<Figure>" }),
      `ws://127.0.0.1:${counting.addr.port}/livestore`,
    );
    assert.deepEqual(figure, {
      "image/svg+xml": { type: "inline", data: shownPlot(400) },
      "text/plain": { type: "inline", data: "<Figure>" },
    });
    assert.ok(shownPlot(400).length > 20_000);
    assert.deepEqual([asked, warnings], [[], []]);
  });

  await t.step("large pictures are artifacts at an absolute URL, and large texts are inline", async () => {
    const { notebookId, bundles: [photo, figure, table], warnings } = await readBack((output) => {
      output.display({ "image/png": LARGE_PNG, "text/html": "<b>x</b>" }, { "image/png": { width: 640 } });
      output.display({ "image/svg+xml": LARGE_SVG, "image/jpeg": BARE_JPEG });
      output.executeResult({ "text/html": LARGE_HTML, "text/plain": LARGE_TEXT, "application/json": [LARGE_TEXT] });
    });
    assert.deepEqual(warnings, []);
    const kept: [Representation, mimeType: string, notes: object, bytes: Uint8Array][] = [
      [photo["image/png"], "image/png", { width: 640 }, Uint8Array.fromBase64(LARGE_PNG)],
      [figure["image/svg+xml"], "image/svg+xml", {}, new TextEncoder().encode(shownPlot(6_000))],
    ];
    for (const [representation, mimeType, notes, bytes] of kept) {
      const { type, artifactId = "", metadata } = representation;
      assert.equal(type, "artifact");
      assert.ok(artifactId.startsWith(`${notebookId}/`));
      const fileUrl = `${apiUrl}/api/artifacts/${artifactId}`;
      assert.deepEqual(metadata, { ...notes, fileUrl });
      const read = await fetch(fileUrl);
      assert.equal(read.headers.get("content-type"), mimeType);
      assert.deepEqual(await read.bytes(), bytes);
    }
    assert.deepEqual(photo["text/html"], { type: "inline", data: "<b>x</b>" });
    assert.deepEqual(Object.keys(figure).sort(), ["image/jpeg", "image/svg+xml", "text/plain"]);
    assert.deepEqual(table, {
      "text/html": { type: "inline", data: LARGE_HTML },
      "text/plain": { type: "inline", data: LARGE_TEXT },
      "application/json": { type: "inline", data: [LARGE_TEXT] },
    });
  });

  await t.step("everything is inline, with a warning, when the server does not accept artifacts", async () => {
    await using failing = startArtifacts(async (request) => {
      await request.bytes();
      return new Response("oops", { status: 500 });
    });
    const { bundles: [figure], warnings } = await readBack(
      (output) =>
        output.display({ "image/svg+xml": LARGE_SVG, "image/png": LARGE_PNG }, { "image/png": { width: 640 } }),
      `ws://127.0.0.1:${failing.addr.port}/livestore`,
    );
    assert.deepEqual(figure["image/svg+xml"], { type: "inline", data: shownPlot(6_000) });
    assert.deepEqual(figure["image/png"], { type: "inline", data: LARGE_PNG, metadata: { width: 640 } });
    assert.deepEqual(
      warnings.map(([message, fields]) => [message, fields?.mimeType, fields?.reason]).sort(),
      [
        "image/png",
        "image/svg+xml",
      ].map((mimeType) => [
        "an output could not be stored as an artifact; it is stored in the notebook instead",
        mimeType,
        "the server answered HTTP 500 to the upload of the artifact",
      ]),
    );
  });

  await t.step("outputs keep the order of the calls while uploads are slow and overtake each other", async () => {
    const held: PromiseWithResolvers<void>[] = [];
    const bothHeld = Promise.withResolvers<void>();
    await using slow = startArtifacts(async (request) => {
      const body = await request.bytes();
      if (request.headers.get("content-type") === "image/png") {
        const release = Promise.withResolvers<void>();
        if (held.push(release) === 2) bothHeld.resolve();
        await release.promise;
      }
      const { url, headers } = request;
      return await fetch(`${apiUrl}${new URL(url).pathname}`, { method: "POST", headers, body });
    });
    const { rows } = await readBack((output) => {
      output.stdout("before");
      output.display({ "image/png": LARGE_PNG, "text/plain": "first" });
      output.stdout("between");
      output.display({ "image/png": LARGE_PNG, "text/plain": "second" });
      output.stderr("after");
      output.executeResult({ "text/plain": "result" });
      output.error("E", "e", []);
      bothHeld.promise.then(() => {
        held[1].resolve();
        held[0].resolve();
      });
    }, `ws://127.0.0.1:${slow.addr.port}/livestore`);
    assert.deepEqual(rows.map((row) => [row.position, row.outputType]), [
      [0, "terminal"],
      [1, "multimedia_display"],
      [2, "terminal"],
      [3, "multimedia_display"],
      [4, "terminal"],
      [5, "multimedia_result"],
      [6, "error"],
    ]);
    const texts = rows.map((row) =>
      (row.representations as Record<string, Representation> | null)?.["text/plain"].data
    );
    assert.deepEqual(texts, [undefined, "first", undefined, "second", undefined, "result", undefined]);
  });

  await t.step("a display is updated in place, also by a later display with the same id", async () => {
    const { bundles } = await readBack((output) => {
      output.display({ "text/plain": "first" }, { display_id: "plot" });
      output.display({ "text/plain": "other" });
      output.display({ "image/png": ONE_PIXEL_PNG, "text/plain": "second" }, { display_id: "plot" });
      output.display({ "image/png": LARGE_PNG, "text/plain": "third" }, { display_id: "plot", update: true });
    });
    assert.deepEqual(bundles.map((bundle) => bundle["text/plain"].data), ["third", "other", "third"]);
    assert.deepEqual(bundles[0], bundles[2]);
    const read = await fetch(`${apiUrl}/api/artifacts/${bundles[0]["image/png"].artifactId}`);
    assert.deepEqual(await read.bytes(), Uint8Array.fromBase64(LARGE_PNG));
  });

  await t.step("earlier outputs are cleared with the next output, after its upload", async () => {
    const { bundles } = await readBack((output) => {
      output.display({ "text/plain": "old" });
      output.display({}, { clear_output: true, wait: true });
      output.display({ "image/png": LARGE_PNG, "text/plain": "new" });
    });
    assert.deepEqual(bundles.map((bundle) => bundle["text/plain"].data), ["new"]);
  });

  await t.step("an upload is aborted when the cell is cancelled, and the output is not written", async () => {
    // A server that accepts a connection and never answers.
    using stalled = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const arrived = Promise.withResolvers<void>();
    const givenUp = stalled.accept().then(async (connection) => {
      for await (const _chunk of connection.readable) arrived.resolve();
    });
    const notebookId = newNotebookId();
    await using client = await openClient({ syncUrl, authToken, notebookId });
    const artifactsAt = `ws://127.0.0.1:${(stalled.addr as Deno.NetAddr).port}/livestore`;
    const { output, controller, warnings } = startOutput(client, { syncUrl: artifactsAt, authToken, notebookId });
    output.display({ "image/gif": "R0lG".repeat(2_000) });
    output.stdout("after");
    const flushed = output.flush();
    flushed.catch(() => {});
    await arrived.promise;
    const reason = new Error("the cell was cancelled");
    controller.abort(reason);
    await assert.rejects(flushed, reason);
    await givenUp;
    assert.deepEqual([client.outputs("cell"), warnings], [[], []]);
  });
});

Deno.test("an attached agent does not import the module that draws SVGs", async () => {
  const graph = await readImports(new URL("../../../src/", import.meta.url));
  const entries = ["agent.ts", ...[...graph.keys()].filter((file) => file.startsWith("cli/attach/"))];
  assert.ok(reachedFrom(graph, ["cli/run/run.ts"]).has("media/svg_to_png.ts"));
  assert.ok(!reachedFrom(graph, entries).has("media/svg_to_png.ts"));
});
