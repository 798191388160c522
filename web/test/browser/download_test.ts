/**
 * Pictures in downloaded notebook files.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { copyOf, DOT, figures, file } from "./notebook_files.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  figureIn,
  modelFrom,
  noFaults,
  openSite,
  run,
  sizeOf,
} from "./open_site.ts";

browserTest("downloading notebook files", async (t) => {
  await using model = await startScriptedModel(answersByCode({ figure: figures }, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();

  await t.step("a downloaded notebook is valid, contains its pictures and opens unchanged", async () => {
    const page = await open.openNew();
    await run(page, "figure");
    await page.getByRole("img", { name: "many points" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "a square")), [10, 5]);
    await run(page, "6 * 7");
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.getByLabel("Title").fill("Übung №1");
    await page.keyboard.press("Enter");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download .ipynb" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "übung-no1.ipynb");
    const text = await new Response(ReadableStream.from(await download.createReadStream())).text();
    const { cells, metadata } = validNotebook(text);
    assert.deepEqual(metadata.aipython, { model: "scripted", simulated: true });
    assert.deepEqual(cells[0].metadata.aipython, { model: "scripted", simulated: true });
    const outputs = cells[0].outputs as { data: Record<string, unknown>; metadata: unknown }[];
    assert.deepEqual(outputs.map(({ data, metadata }) => [...Object.keys(data).sort(), metadata]), [
      ["image/svg+xml", "text/plain", {}],
      ["image/svg+xml", "text/plain", {}],
      ["text/latex", "text/plain", {}],
    ]);
    assert.match((outputs[1].data["image/svg+xml"] as string[]).join(""), /^<svg [^]*<\/svg>$/);
    await page.goto(open.site.url);
    const again = { name: "again.ipynb", mimeType: "application/json", buffer: Buffer.from(text) };
    await page.locator("input[type=file]").setInputFiles(again);
    await page.getByRole("img", { name: "many points" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "a square")), [10, 5]);
    assert.equal(await page.getByLabel("Title").inputValue(), "Übung №1");
    assert.equal(await page.locator(".cell").count(), cells.length);
  });

  await t.step("a picture attached to a Markdown cell is rendered and is in the download", async () => {
    const attached = JSON.parse(file);
    attached.cells[0].source = "# Attached\n\n![a dot](attachment:a%20dot.png)\n\n![gone](attachment:b.png)";
    attached.cells[0].attachments = { "a dot.png": { "image/png": DOT } };
    const text = { name: "a.ipynb", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(attached)) };
    await page.goto(open.site.url);
    await page.locator("input[type=file]").setInputFiles(text);
    const dot = cellOf(page, 1).getByRole("img", { name: "a dot" });
    await dot.waitFor();
    assert.equal(await dot.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 1);
    const { cells } = validNotebook(await copyOf(page, "Notebook (.ipynb)"));
    assert.deepEqual(cells[0].attachments, attached.cells[0].attachments);
    assert.deepEqual(cells.map(({ id }: { id: string }) => id), ["a", "b"]);
    assert.equal(cells[1].execution_count, 7);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
