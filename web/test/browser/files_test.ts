/**
 * Notebook files that are chosen or dropped and open as notebooks.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { file } from "./notebook_files.ts";
import { browserTest, cellOf, figureIn, modelFrom, noFaults, openSite, sizeOf, sources } from "./open_site.ts";

/** Drops a file onto an element with a browser's events. */
async function drop(page: Page, selector: string, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    return transfer;
  }, [name, text]);
  const target = page.locator(selector).first();
  // A browser repeats this event while a file is held over the page, which may just have started to listen.
  do await target.dispatchEvent("dragover", { dataTransfer }); while (await page.locator("main.over").count() === 0);
  await target.dispatchEvent("drop", { dataTransfer });
}

browserTest("opening notebook files", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();

  await t.step("a file that is dropped onto the home page opens with its outputs", async () => {
    await page.goto(open.site.url);
    await drop(page, "h1", "dropped.ipynb", file);
    await page.locator(".traceback", { hasText: "by zero" }).waitFor();
    assert.deepEqual(await sizeOf(figureIn(page, "A figure")), [10, 5]);
    const [width, height] = await sizeOf(figureIn(page, "wide").locator("rect"));
    assert.ok(width < 1_280 && Math.abs(height - width / 10) <= 1, `${width} x ${height}`);
    assert.equal(await page.getByLabel("Title").inputValue(), "Dropped");
  });

  await t.step(
    "a file that is dropped onto a notebook opens as another notebook and changes no cell",
    async () => {
      const before = page.url();
      const other = await open.open(new URL(before).pathname);
      await cellOf(other, 2).locator(".cm-content").waitFor();
      await drop(page, ".cm-content", "other.ipynb", file.replace("# Dropped", "# Other"));
      await page.waitForURL((url) => String(url) !== before);
      await cellOf(page, 1).getByRole("heading", { name: "Other" }).waitFor();
      assert.deepEqual(await sources(other), ["Dropped", "1 / 0"]);
      await other.close();
    },
  );

  await t.step("a file that is not a notebook is refused with the reason", async () => {
    await page.goto(open.site.url);
    for (const [text, reason] of [["{", /JSON/], ['{"cells": 3}', /./]] as const) {
      const wrong = { name: "wrong.ipynb", mimeType: "application/json", buffer: Buffer.from(text) };
      await page.locator("input[type=file]").setInputFiles(wrong);
      await page.getByRole("alert").filter({ hasText: reason }).waitFor();
    }
    assert.equal(new URL(page.url()).pathname, "/");
  });

  await t.step("an output that is too large for an event is loaded and rendered", async () => {
    const large = JSON.parse(file);
    const html = `<table><tr><td>${"x".repeat(300_000)}</td></tr><tr><td>the end</td></tr></table>`;
    large.cells[1].outputs = [{ output_type: "display_data", data: { "text/html": [html] }, metadata: {} }];
    await page.goto(open.site.url);
    const buffer = Buffer.from(JSON.stringify(large));
    await page.locator("input[type=file]").setInputFiles({ name: "l.ipynb", mimeType: "application/json", buffer });
    await page.frameLocator("iframe").getByText("the end").waitFor();
  });

  await t.step("several files become one notebook each, and a refused file is named", async () => {
    await page.goto(open.site.url);
    const julia = JSON.stringify({ ...JSON.parse(file), metadata: { language_info: { name: "julia" } } });
    const named = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator("input[type=file]").setInputFiles([
      named("first.py", '# %% [markdown]\n# # From Python\n# %% tags=["a"]\n1 + 1\n'),
      named("second.ipynb", file.replace("# Dropped", "# Second")),
      named("third.ipynb", julia),
    ]);
    const alert = page.getByRole("alert");
    await alert.getByText("“third.ipynb” was not opened: this notebook is in Julia, but only Python").waitFor();
    await page.getByRole("note").getByText("2 of 3 files were opened as notebooks").waitFor();
    const list = page.getByRole("region", { name: "Your notebooks" });
    await list.getByRole("link", { name: "Second" }).waitFor();
    await list.getByRole("link", { name: "From Python" }).click();
    await cellOf(page, 1).getByRole("heading", { name: "From Python" }).waitFor();
    assert.deepEqual(await sources(page), ["From Python", "1 + 1"]);
  });

  await t.step("parts of a file that could not be imported are listed in its notebook", async () => {
    await page.goto(open.site.url);
    const odd = JSON.parse(file);
    odd.cells[0].cell_type = "chart";
    const text = { name: "odd.ipynb", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(odd)) };
    await page.locator("input[type=file]").setInputFiles(text);
    const note = page.getByRole("note").filter({ hasText: 'cells[0].cell_type is "chart"' });
    await note.getByRole("button", { name: "Close" }).click();
    await note.waitFor({ state: "detached" });
  });

  await t.step("no page reported an error", () => noFaults(open));
});
