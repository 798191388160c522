/**
 * The rules by which the notebook app draws outputs, as `stack/notebook_app` implements them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { BARE_JPEG, ONE_PIXEL_PNG } from "../../media/pictures.ts";
import type { AppContent, AppOutput } from "../../../stack/notebook_app/app_cell.ts";
import { bestType } from "../../../stack/notebook_app/best_type.ts";
import { drawnIn } from "../../../stack/notebook_app/drawn_in.ts";
import { joinStreams } from "../../../stack/notebook_app/join_streams.ts";
import { pictureSource } from "../../../stack/notebook_app/picture_source.ts";
import { readContents } from "../../../stack/notebook_app/read_contents.ts";
import { withDeltas } from "../../../stack/notebook_app/with_deltas.ts";
import { rowType } from "../../../stack/notebook_app/row_type.ts";

const inline: AppContent = { type: "inline", data: "x" };
const artifact: AppContent = { type: "artifact", artifactId: "n/1" };

function row(outputType: AppOutput["outputType"], fields: Partial<AppOutput> = {}): AppOutput {
  return { id: "o", outputType, streamName: null, data: null, representations: null, ...fields };
}

const bundle = (mimeTypes: string[], content = inline) =>
  Object.fromEntries(mimeTypes.map((mimeType) => [mimeType, content]));

const display = (...mimeTypes: string[]) => row("multimedia_display", { representations: bundle(mimeTypes) });
const result = (...mimeTypes: string[]) => row("multimedia_result", { representations: bundle(mimeTypes) });
const stdout = (data: string) => row("terminal", { streamName: "stdout", data });

Deno.test("rowType() derives the MIME type of a row from its output type", () => {
  assert.deepEqual([row("terminal"), row("markdown"), row("error")].map(rowType), [
    "text/plain",
    "text/markdown",
    "application/json",
  ]);
});

Deno.test("rowType() picks the MIME type in one order for displays and in another for results", () => {
  assert.equal(rowType(display("text/plain", "image/png", "image/svg+xml")), "image/svg+xml");
  assert.equal(rowType(result("text/plain", "image/png", "image/svg+xml")), "image/png");
  assert.equal(rowType(display("text/plain", "text/markdown", "text/latex")), "text/latex");
  assert.equal(rowType(result("text/plain", "text/markdown", "text/latex")), "text/plain");
  assert.equal(rowType(display("text/markdown", "image/png")), "image/png");
  assert.equal(rowType(display("text/html", "application/json")), "application/json");
  assert.equal(rowType(result("text/html", "application/json")), "text/html");
});

Deno.test("rowType() treats unknown types as text, and an artifact as its MIME type", () => {
  assert.equal(rowType(display("application/x-egg")), "text/plain");
  assert.equal(rowType(result("image/gif")), "text/plain");
  const large = row("multimedia_display", { representations: { "image/svg+xml": artifact, "text/plain": inline } });
  assert.equal(rowType(large), "image/svg+xml");
});

Deno.test("drawnIn() returns the frame for the whole cell when one row is an error or could run scripts", () => {
  const picture = display("image/png", "text/plain");
  assert.equal(
    drawnIn([stdout("a"), picture, display("image/jpeg"), display("image/gif"), result("text/plain")]),
    "page",
  );
  for (
    const other of [row("error"), row("markdown"), display("image/svg+xml"), display("text/html"), result("text/html")]
  ) {
    assert.equal(drawnIn([stdout("a"), picture, other]), "frame", rowType(other));
  }
});

Deno.test("bestType() returns the best MIME type that has content", () => {
  const best = (...mimeTypes: string[]) => bestType(readContents(bundle(mimeTypes)));
  assert.equal(
    best("text/plain", "image/svg+xml", "image/jpeg", "image/png", "text/html", "text/markdown"),
    "text/markdown",
  );
  assert.equal(best("text/plain", "image/svg+xml", "image/jpeg", "image/png", "text/html"), "text/html");
  assert.equal(best("text/plain", "image/svg+xml", "image/jpeg", "image/png"), "image/png");
  assert.equal(best("text/plain", "application/json", "image/svg+xml", "image/jpeg"), "image/jpeg");
  assert.equal(best("text/plain", "application/json", "image/svg+xml"), "image/svg+xml");
  assert.equal(best("text/html", "application/vnd.plotly.v1+json"), "application/vnd.plotly.v1+json");
  assert.equal(
    best("application/vnd.plotly.v1+json", "application/vnd.anode.aitool+json"),
    "application/vnd.anode.aitool+json",
  );
  assert.equal(bestType({ "text/html": null, "text/plain": "x" }), "text/plain");
});

Deno.test("bestType() returns undefined for LaTeX, GIF and JavaScript", () => {
  for (const mimeType of ["text/latex", "image/gif", "application/javascript", "application/x-egg"]) {
    assert.equal(bestType({ [mimeType]: "x" }), undefined);
  }
});

Deno.test("readContents() resolves an artifact to its fileUrl, or to a path on the host that draws it", () => {
  const noted = (metadata: Record<string, unknown>) => readContents({ "image/png": { ...artifact, metadata } });
  assert.deepEqual(readContents({ "image/png": artifact, "text/plain": inline }), {
    "image/png": "/api/artifacts/n/1",
    "text/plain": "x",
  });
  assert.deepEqual(noted({ fileUrl: "https://host/a", width: 5 }), { "image/png": "https://host/a" });
  for (const fileUrl of [undefined, null, 3, ""]) {
    assert.deepEqual(noted({ fileUrl }), { "image/png": "/api/artifacts/n/1" });
  }
});

Deno.test("pictureSource() makes a data URL of base64 unless it looks like an address, as a JPEG's does", () => {
  assert.equal(pictureSource("image/png", ONE_PIXEL_PNG), `data:image/png;base64,${ONE_PIXEL_PNG}`);
  for (const address of ["/api/artifacts/n/1", "https://host/a", "http://host/a", "data:image/png;base64,xx"]) {
    assert.equal(pictureSource("image/png", address), address);
  }
  assert.equal(pictureSource("image/jpeg", BARE_JPEG), BARE_JPEG);
});

Deno.test("joinStreams() joins consecutive pieces of one stream or of Markdown without a separator", () => {
  const stderr = row("terminal", { streamName: "stderr", data: "e" });
  const markdown = row("markdown", { data: "m" });
  const joined = joinStreams([
    stdout("a"),
    stdout("b\n"),
    stderr,
    stderr,
    stdout("c"),
    display("text/plain"),
    stdout("d"),
  ]);
  assert.deepEqual(joined.map(({ data }) => data), ["ab\n", "ee", "c", null, "d"]);
  assert.deepEqual(joinStreams([markdown, markdown, stdout("a")]).map(({ data }) => data), ["mm", "a"]);
});

Deno.test("withDeltas() appends deltas to Markdown by sequence number, and to no other output", () => {
  const rows = [row("markdown", { id: "answer", data: "a" }), { ...stdout("out"), id: "stream" }];
  const deltas = [["answer", "c", 1], ["stream", "lost", 0], ["answer", "b", 0]] as const;
  const grown = withDeltas(
    rows,
    deltas.map(([outputId, delta, sequenceNumber]) => ({ outputId, delta, sequenceNumber })),
  );
  assert.deepEqual(grown.map(({ data }) => data), ["abc", "out"]);
});

Deno.test("withDeltas() loses the deltas of Markdown that follows Markdown", () => {
  const rows = ["one", "two"].map((id) => row("markdown", { id, data: id }));
  const deltas = [{ outputId: "two", delta: " lost", sequenceNumber: 0 }];
  assert.deepEqual(withDeltas(joinStreams(rows), deltas).map(({ data }) => data), ["onetwo"]);
});
