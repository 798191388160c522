/**
 * Rich outputs on their way to the real notebook server: drawn, kept as artifacts, and in the order of the calls.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import type { LogFields, Logger } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { pngSize } from "../../../src/media/raster_image.ts";
import { svgToPng } from "../../../src/media/svg_to_png.ts";
import { NotebookOutput } from "../../../src/notebook/output/notebook_output.ts";
import { Outbox } from "../../../src/notebook/output/outbox.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { plot } from "../../media/pictures.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";

type Representation = { type: string; data?: unknown; artifactId?: string; metadata?: unknown };

/** An SVG, a table and a text that are all longer than an event should hold. */
const LARGE_SVG = plot(400);
const LARGE_HTML = `<table>${"<tr><td>1</td></tr>".repeat(1_000)}</table>`;
const LARGE_TEXT = "x".repeat(20_000);

/** A server for artifacts alone. */
function startArtifacts(handler: (request: Request) => Response | Promise<Response>) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
}

/** A logger that keeps its warnings. */
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

Deno.test("NotebookOutput on a real server", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, apiUrl, authToken } = server;

  /** Writes outputs of cell `cell`, and gives back what another client then reads. */
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

  await t.step("it keeps large pictures as artifacts that the server hands out, and text in the event", async () => {
    const { notebookId, bundles: [figure, table], warnings } = await readBack((output) => {
      output.display({ "image/svg+xml": LARGE_SVG, "text/plain": "<Figure>" });
      output.executeResult({ "text/html": LARGE_HTML, "text/plain": LARGE_TEXT, "application/json": [LARGE_TEXT] });
    });
    assert.deepEqual(warnings, []);
    for (
      const [mimeType, metadata] of [["image/png", { width: 640, height: 480 }], ["image/svg+xml", undefined]] as const
    ) {
      const { artifactId = "", ...rest } = figure[mimeType];
      assert.deepEqual(rest, metadata === undefined ? { type: "artifact" } : { type: "artifact", metadata });
      assert.ok(artifactId.startsWith(`${notebookId}/`));
      const read = await fetch(`${apiUrl}/api/artifacts/${artifactId}`);
      assert.equal(read.headers.get("content-type"), mimeType);
      const expected = mimeType === "image/png" ? await svgToPng(LARGE_SVG) : new TextEncoder().encode(LARGE_SVG);
      assert.deepEqual(await read.bytes(), expected);
    }
    assert.deepEqual(figure["text/plain"], { type: "inline", data: "<Figure>" });
    assert.deepEqual(table, {
      "text/html": { type: "inline", data: LARGE_HTML },
      "text/plain": { type: "inline", data: LARGE_TEXT },
      "application/json": { type: "inline", data: [LARGE_TEXT] },
    });
  });

  await t.step("it keeps content of 6,144 bytes in the event, and a byte more as an artifact", async () => {
    const { bundles } = await readBack((output) => {
      for (const length of [6_144, 6_148]) output.display({ "image/gif": "R0lG".repeat(length / 4) });
    });
    assert.deepEqual(bundles.map((bundle) => bundle["image/gif"].type), ["inline", "artifact"]);
  });

  await t.step("it shows everything in the event when artifacts are not taken, and warns", async () => {
    await using failing = startArtifacts(async (request) => {
      await request.bytes();
      return new Response("oops", { status: 500 });
    });
    const { bundles: [figure], warnings } = await readBack(
      (output) => output.display({ "image/svg+xml": LARGE_SVG }),
      `ws://127.0.0.1:${failing.addr.port}/livestore`,
    );
    assert.deepEqual(figure["image/svg+xml"], { type: "inline", data: LARGE_SVG });
    assert.equal(figure["image/png"].type, "inline");
    assert.deepEqual(pngSize(Uint8Array.fromBase64(figure["image/png"].data as string)), { width: 1280, height: 960 });
    assert.deepEqual(figure["image/png"].metadata, { width: 640, height: 480 });
    assert.deepEqual(
      warnings.map(([message, fields]) => [message, fields?.mimeType, fields?.reason]).sort(),
      [
        "image/png",
        "image/svg+xml",
      ].map((mimeType) => [
        "an output could not be kept as an artifact; it stands in the notebook itself",
        mimeType,
        "the server answered HTTP 500 to the artifact",
      ]),
    );
  });

  await t.step("it keeps the order of the calls while uploads are slow and overtake each other", async () => {
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
      output.display({ "image/svg+xml": LARGE_SVG, "text/plain": "first" });
      output.stdout("between");
      output.display({ "image/svg+xml": plot(300), "text/plain": "second" });
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

  await t.step("it changes a display in place, and older ones when a display takes their name", async () => {
    const { bundles } = await readBack((output) => {
      output.display({ "text/plain": "first" }, { display_id: "plot" });
      output.display({ "text/plain": "other" });
      output.display({ "image/svg+xml": LARGE_SVG, "text/plain": "second" }, { display_id: "plot" });
      output.display({ "image/svg+xml": plot(300), "text/plain": "third" }, { display_id: "plot", update: true });
    });
    assert.deepEqual(bundles.map((bundle) => bundle["text/plain"].data), ["third", "other", "third"]);
    assert.deepEqual(bundles[0], bundles[2]);
    const read = await fetch(`${apiUrl}/api/artifacts/${bundles[0]["image/png"].artifactId}`);
    assert.deepEqual(await read.bytes(), await svgToPng(plot(300)));
  });

  await t.step("it clears what stands there with the next output, however long that takes to draw", async () => {
    const { bundles } = await readBack((output) => {
      output.display({ "text/plain": "old" });
      output.display({}, { clear_output: true, wait: true });
      output.display({ "image/svg+xml": LARGE_SVG, "text/plain": "new" });
    });
    assert.deepEqual(bundles.map((bundle) => bundle["text/plain"].data), ["new"]);
  });

  await t.step("it gives an upload up when the cell is cancelled, and writes nothing of it", async () => {
    // A server that takes a connection, and never answers.
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
