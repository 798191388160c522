/**
 * The contents of a notebook file that is opened and downloaded again.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { parseJson, stringifyJson } from "../../../src/nbformat/json_text.ts";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { notebookKinds } from "../../../test/nbformat/notebook_kinds.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { fileText } from "../../page/file/write_file.ts";
import { codeCell, notebookOf, throughNotebook } from "./file_round_trip.ts";

Deno.test("a downloaded notebook has the contents of the opened file", async (t) => {
  await using server = await startSyncServer();
  const base64 = (length: number) => new Uint8Array(length).map((_, at) => at * 7).toBase64();

  await t.step("every kind of published notebook downloads as aipython run would write it", async () => {
    for (const [kind, text] of Object.entries(notebookKinds)) {
      const { title, metadata, cells } = readNotebook(text);
      const texts = [fileText({ metadata, cells }), await throughNotebook(server, text)];
      // deno-lint-ignore no-explicit-any -- whole files are compared
      const [expected, actual]: any[] = texts.map(parseJson);
      for (const [index, { id }] of expected.cells.entries()) {
        // A cell without an id in the file gets a new one each time.
        if (cells[index].id !== id) expected.cells[index].id = actual.cells[index].id;
      }
      assert.deepEqual(actual, expected, `${kind}, ${title}`);
    }
  });

  await t.step("outputs of any size are in the downloaded file", async () => {
    const outputs = [
      { output_type: "stream", name: "stdout", text: ["\u001b[31m", "é\u{1f600}".repeat(1_000_000)] },
      { output_type: "display_data", data: { "image/png": base64(3_000_000), "text/plain": ["p"] }, metadata: {} },
      { output_type: "display_data", data: { "image/png": base64(17_000_000) }, metadata: {} },
      { output_type: "display_data", data: { "text/html": [`<p>${"x".repeat(2_000_000)}</p>`] }, metadata: {} },
      { output_type: "display_data", data: { "application/json": Array(50_000).fill(["a", 1]) }, metadata: {} },
      {
        output_type: "execute_result",
        data: { "text/plain": ["é".repeat(800_000)] },
        metadata: { "text/plain": { long: "y".repeat(100_000) } },
        execution_count: 7,
      },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v", ..."z".repeat(200_000).match(/.{100}/g)!] },
    ];
    const cells = [codeCell("a", {
      outputs,
      metadata: { note: "n".repeat(300_000) },
      source: outputs.map((_, at) => `line ${at}\n`),
    })];
    const actual = validNotebook(await throughNotebook(server, notebookOf(cells)));
    const { source: _, ...rest } = actual.cells[0];
    for (const [at, output] of outputs.entries()) {
      const same = JSON.stringify(flat(rest.outputs[at])) === JSON.stringify(flat(output));
      assert.ok(same, `output ${at}`);
    }
    assert.equal(rest.outputs.length, outputs.length);
    assert.equal(rest.metadata.note.length, 300_000);
  });

  await t.step("random attachments, metadata, tags, counts and raw cells are in the downloaded file", async () => {
    const key = fc.stringMatching(/^[a-z_.-]{1,8}$/).filter((name) =>
      !["tags", "name", "title", "format"].includes(name)
    );
    const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
    const metadata = fc.tuple(fc.dictionary(key, json), fc.uniqueArray(fc.stringMatching(/^[a-zé-]{1,6}$/)))
      .map(([others, tags]) => {
        const { jupyter: _, execution: __, collapsed: ___, scrolled: ____, trusted: _____, ...rest } = others;
        return tags.length > 0 ? { ...rest, tags } : rest;
      });
    const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replaceAll("\0", ""));
    const lines = fc.array(text.map((line) => line.replaceAll("\n", "")), { maxLength: 3 })
      .map((all) => all.map((line, at) => at < all.length - 1 ? `${line}\n` : line).filter((line) => line !== ""));
    const attachments = fc.dictionary(
      fc.stringMatching(/^[a-z ]{1,6}\.png$/),
      fc.constant({ "image/png": "iVBORw0KGgo=" }),
    );
    const bundle = fc.record({
      data: fc.record({ "text/plain": lines, "application/json": json }, { requiredKeys: ["text/plain"] }),
      metadata: fc.dictionary(key, json),
    });
    const output = fc.oneof(
      fc.record({ output_type: fc.constant("stream"), name: fc.constantFrom("stdout", "stderr"), text: lines }),
      bundle.map((bundle) => ({ output_type: "display_data", ...bundle })),
      bundle.map((bundle) => ({ output_type: "execute_result", execution_count: 3, ...bundle })),
      fc.record({ output_type: fc.constant("error"), ename: text, evalue: text, traceback: fc.array(text) }),
    );
    const cell = fc.oneof(
      fc.record({
        cell_type: fc.constant("code"),
        metadata,
        source: lines,
        execution_count: fc.option(fc.nat(1_000)),
        outputs: fc.array(output, { maxLength: 4 }).map(withoutNeighbours),
      }),
      fc.record({ cell_type: fc.constantFrom("markdown", "raw"), metadata, source: lines, attachments }),
    );
    const file = fc.tuple(fc.array(cell, { maxLength: 5 }), metadata).map(([cells, { tags: _, ...metadata }]) =>
      notebookOf(cells.map((cell, index) => ({ id: `cell_${index}`, ...cell })), metadata)
    );
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        const { metadata, cells } = readNotebook(text);
        const expected = fileText({ metadata, cells });
        assert.deepEqual(JSON.parse(await throughNotebook(server, text)), JSON.parse(expected));
      }),
      { numRuns: 40 },
    );
  });

  await t.step("characters that events cannot contain are in the downloaded file", async () => {
    const outputs = [
      { output_type: "stream", name: "stdout", text: ["a\0b\n"] },
      { output_type: "error", ename: "\ud800", evalue: "\0", traceback: ["\ufeff"] },
      { output_type: "stream", name: "stderr", text: [`${"x".repeat(60_000)}\ufeff${"y".repeat(60_000)}`] },
      { output_type: "display_data", data: { "text/plain": ["\udc00"] }, metadata: {} },
    ];
    const text = notebookOf([codeCell("a", { outputs, metadata: { nul: "\0" } })]);
    const { metadata, cells } = readNotebook(text);
    assert.equal(await throughNotebook(server, text), fileText({ metadata, cells }));
  });

  await t.step("numbers that JavaScript cannot represent are in the downloaded file", async () => {
    const text = notebookOf([codeCell("a", { metadata: { big: 0, nan: 0 } })])
      .replace('"big":0', '"big":9007199254740993').replace('"nan":0', '"nan":NaN');
    const { metadata, cells } = readNotebook(text);
    assert.equal(await throughNotebook(server, text), fileText({ metadata, cells }));
    assert.match(stringifyJson(parseJson(text)), /9007199254740993/);
  });
});

/** Removes empty texts, and texts that follow another one of a stream, because these are joined. */
function withoutNeighbours<Output extends { output_type: string; name?: string; text?: string[] }>(outputs: Output[]) {
  return outputs.filter((output, index) =>
    output.output_type !== "stream" || (output.text!.length > 0 && outputs[index - 1]?.output_type !== "stream")
  );
}

/** Joins all lists of strings and sorts all keys. */
// deno-lint-ignore no-explicit-any -- any value of a notebook
function flat(value: any): unknown {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === "string") ? value.join("") : value.map(flat);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, flat(item)]),
  );
}
