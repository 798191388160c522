/**
 * Interrupting running and queued cells, on the page and in the saved file.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { answer, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, run } from "./open_site.ts";
import { pressButton } from "./toolbar.ts";

const scripts = {
  "waits()": answer(result("'at last'")),
  "endless()": answer(stdout("begun\n"), gate("never")),
  "limited()": { status: 429, headers: { "retry-after": "15" }, body: { error: { message: "Slow down." } } },
};

/** Returns the cells of the file that the page saves. */
async function download(page: Page): Promise<{ outputs: { text?: string[]; ename?: string }[] }[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download .ipynb" }).click(),
  ]);
  return validNotebook(await new Response(ReadableStream.from(await file.createReadStream())).text()).cells;
}

browserTest("interrupting cells on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Interrupt stops running and queued cells, and the next cell runs", async () => {
    const page = await open.openNew();
    const number = model.requests.length;
    await run(page, "endless()");
    await run(page, "waits()");
    await cellOf(page, 1).getByText("begun").waitFor();
    await pressButton(page, "Interrupt");
    await model.disconnected(number);
    await page.locator(".cell.running, .cell.queued").first().waitFor({ state: "detached" });
    await page.getByRole("status").getByText("Cell 1 was stopped. Cell 2 was stopped.").waitFor();
    const traceback = cellOf(page, 1).locator(".traceback");
    assert.match(await traceback.innerText(), /Traceback[^]*----> 1 endless\(\)[^]*\nKeyboardInterrupt:\s*$/);
    await page.locator(".cm-content").last().click();
    await run(page, "6 * 7");
    await cellOf(page, 3).getByText("Out[2]:").waitFor();
    assert.deepEqual(await page.locator(".traceback").count(), 1);
    const [endless, waits] = await download(page);
    assert.deepEqual(endless.outputs.map(({ text, ename }) => text?.join("") ?? ename), [
      "begun\n",
      "KeyboardInterrupt",
    ]);
    assert.deepEqual(waits.outputs, []);
    await page.close();
  });

  await t.step(
    "a cell that is stopped before a retry has only KeyboardInterrupt as output, also in the file",
    async () => {
      const page = await open.openNew();
      await run(page, "limited()");
      await cellOf(page, 1).getByText("asked again in").waitFor();
      assert.deepEqual((await download(page))[0].outputs, [], "the status message is not an output");
      await cellOf(page, 1).getByRole("button", { name: "Stop this cell" }).click();
      await cellOf(page, 1).locator(".traceback", { hasText: "KeyboardInterrupt" }).waitFor();
      assert.match(await cellOf(page, 1).locator(".outputs").innerText(), /^-+\s*KeyboardInterrupt/);
      assert.deepEqual((await download(page))[0].outputs.map(({ ename }) => ename), ["KeyboardInterrupt"]);
      await page.close();
    },
  );

  await t.step("no page reported an error", () => noFaults(open));
});
