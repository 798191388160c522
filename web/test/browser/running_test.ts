/**
 * Running cells on the page. A scripted server plays the model, so that the test can pause at any point.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { plot } from "../../../test/media/pictures.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";
import { answer, display, error, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  figureIn,
  modelFrom,
  noFaults,
  openSite,
  promptIs,
  run,
  sizeOf,
} from "./open_site.ts";

const figure = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200">' +
  '<rect width="320" height="200" fill="#fff"/><polyline points="20,180 160,120 300,20" fill="none" stroke="#1f77b4"/></svg>';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

let againRuns = 0;

const scripts = {
  "slow()": answer(stdout("first\n"), gate("slow"), stdout("last\n")),
  "waits()": answer(result("'at last'")),
  "again()": () => [...againRuns++ === 0 ? [] : gate("again"), ...answer(stdout(lines(10)))],
  "above()": answer(stdout(lines(50)), gate("above"), stdout("grown\n")),
  "endless()": answer(stdout("begun\n"), gate("never")),
  "limited()": { status: 429, headers: { "retry-after": "15" }, body: { error: { message: "Slow down." } } },
  "broken()": answer(error("ValueError", "too raw", ["\x1b[0;31mValueError\x1b[0m: too raw"])),
  "plt.plot": answer(display({ "image/svg+xml": figure, "text/plain": "<Figure: a line that rises>" })),
  "huge()": answer(display({ "image/svg+xml": plot(6_000), "text/plain": "<Figure: many points>" })),
  "long()": answer(stdout(lines(500))),
  "wide()": answer(stdout("x".repeat(50_000))),
  "many()": answer(...Array.from({ length: 60 }, (_, index) => display({ "text/plain": `output ${index + 1}` }))),
  "deep()": answer(display({ "text/markdown": ">".repeat(20_000) + " a" })),
};

/** Returns the top of a cell in the window, in CSS pixels. */
const topOf = (page: Page, number: number) => cellOf(page, number).evaluate((cell) => cell.getBoundingClientRect().top);

/** Returns the size of a figure once it is narrower than `width`. */
async function shrunkSizeOf(figure: Locator, width: number): Promise<number[]> {
  for (;;) {
    const size = await sizeOf(figure);
    if (size[0] < width) return size;
    await figure.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Presses a button of the toolbar without scrolling. Playwright would scroll first, as for any sticky element. */
async function press(page: Page, name: string): Promise<void> {
  const box = (await page.getByRole("toolbar").getByRole("button", { name, exact: true }).boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Returns the cells of the file that the page saves. */
async function download(page: Page): Promise<{ outputs: { text?: string[]; ename?: string }[] }[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download .ipynb" }).click(),
  ]);
  return validNotebook(await new Response(ReadableStream.from(await file.createReadStream())).text()).cells;
}

browserTest("running cells on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("it names the model and its host, and says that outputs are simulated", async () => {
    const page = await open.openNew();
    assert.match(await page.locator(".chip").innerText(), /ready\s+simulated by scripted/);
    const notice = await page.getByRole("note").innerText();
    assert.match(notice, /^Simulated outputs\. scripted at 127\.0\.0\.1:\d+ is asked what IPython would show\./);
    await page.close();
  });

  await t.step("cells are queued, run and end; their output grows; time and tokens are counted", async () => {
    const page = await open.openNew();
    await run(page, "slow()");
    await run(page, "waits()");
    await promptIs(page, 1, /In \[\*\]:\s*\d+\.\d s/);
    await promptIs(page, 2, /In \[\*\]:\s*queued/);
    const outputs = cellOf(page, 1).getByRole("log", { name: "Output of cell 1" });
    await outputs.getByText("first").waitFor();
    assert.equal(await outputs.innerText(), "first\n");
    assert.match(await page.locator(".chip").innerText(), /running/);
    model.open("slow");
    await outputs.getByText("last").waitFor();
    await promptIs(page, 1, /In \[1\]:\s*\d+\.\d s/);
    await promptIs(page, 2, /In \[2\]:/);
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.locator(".chip .tokens", { hasText: "30 tokens" }).waitFor();
    await page.getByRole("status").getByText("Cell 2 is done.").waitFor();
    await page.close();
  });

  await t.step("a failed cell has IPython's colours", async () => {
    const page = await open.openNew();
    await run(page, "broken()");
    await promptIs(page, 1, /In \[1\]:\s*failed/);
    const red = await page.locator(".traceback .ansi-red-fg").allInnerTexts();
    assert.deepEqual(red, ["-".repeat(75), "ValueError", "ValueError"]);
    await page.getByRole("status").getByText("Cell 1 has failed.").waitFor();
    await page.close();
  });

  await t.step("a plot has its natural size, and the text beside it as its description", async () => {
    const page = await open.openNew();
    await run(page, "plt.plot([1, 2, 3], [1, 4, 9])\nplt.show()");
    const plot = figureIn(page, "<Figure: a line that rises>");
    assert.deepEqual(await sizeOf(plot), [320, 200]);
    await page.setViewportSize({ width: 240, height: 800 });
    const [width, height] = await shrunkSizeOf(plot, 320);
    assert.ok(width < 240 && Math.abs(height - width * 200 / 320) <= 1, `${width} x ${height}`);
    await page.close();
  });

  await t.step("a plot of more than 256 KB is rendered too, from the page's own server", async () => {
    const page = await open.openNew();
    await run(page, "huge()");
    const picture = page.getByRole("img", { name: "<Figure: many points>" });
    await picture.waitFor();
    assert.match(await picture.getAttribute("src") ?? "", /^\/api\/artifacts\//);
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".picture")!.naturalWidth > 0);
    assert.deepEqual(await sizeOf(picture), [640, 480]);
    await page.close();
  });

  await t.step("the visible text stays in place while outputs above it grow and are replaced", async () => {
    const page = await open.openNew();
    await page.setViewportSize({ width: 1280, height: 420 });
    await run(page, "above()");
    await cellOf(page, 1).getByText("line 50").waitFor();
    await run(page, "again()");
    await page.evaluate(() => scrollBy(0, document.querySelectorAll(".cell")[1].getBoundingClientRect().top - 120));
    const read = await topOf(page, 2);
    model.open("above");
    await cellOf(page, 1).getByText("grown").waitFor();
    assert.ok(Math.abs(await topOf(page, 2) - read) < 2, "the cell that is read has not moved");
    await promptIs(page, 2, /In \[2\]/);
    const below = await topOf(page, 3);
    await press(page, "Run all");
    await model.reached("again");
    await cellOf(page, 2).locator(".outputs:empty").waitFor({ state: "attached" });
    assert.ok(Math.abs(await topOf(page, 3) - below) < 2, "nor what is below a cell that runs again");
    model.open("again");
    await promptIs(page, 2, /In \[4\]/);
    assert.ok(Math.abs(await topOf(page, 3) - below) < 2, "nor when it has ended");
    await page.close();
  });

  await t.step("long texts, wide lines and many outputs are folded, and open", async () => {
    const page = await open.openNew();
    await run(page, "long()");
    await cellOf(page, 1).getByText("line 500").waitFor();
    assert.equal(await page.locator("pre.folded[hidden]", { hasText: "line 250" }).count(), 1);
    await page.getByRole("button", { name: "Show 460 more lines" }).click();
    await page.getByText("line 250").waitFor();
    await page.getByRole("button", { name: "Fold", exact: true, expanded: true }).click();
    await page.getByText("line 250").waitFor({ state: "hidden" });
    await page.locator(".cm-content").last().click();
    await run(page, "wide()");
    await page.getByRole("button", { name: "Show 46,000 more characters" }).waitFor();
    await run(page, "many()");
    await page.getByText("output 60").waitFor();
    assert.equal(await page.locator("pre.folded[hidden]", { hasText: "output 30" }).count(), 1);
    await page.getByRole("button", { name: "Show 40 more outputs" }).click();
    await page.getByText("output 30", { exact: true }).waitFor();
    await page.close();
  });

  await t.step("Interrupt stops running and waiting cells, and the next cell runs", async () => {
    const page = await open.openNew();
    const number = model.requests.length;
    await run(page, "endless()");
    await run(page, "waits()");
    await cellOf(page, 1).getByText("begun").waitFor();
    await press(page, "Interrupt");
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

  await t.step("a cell that is stopped while it waits shows only that, also in the file", async () => {
    const page = await open.openNew();
    await run(page, "limited()");
    await cellOf(page, 1).getByText("asked again in").waitFor();
    assert.deepEqual((await download(page))[0].outputs, [], "what is waited for is no output");
    await cellOf(page, 1).getByRole("button", { name: "Stop this cell" }).click();
    await cellOf(page, 1).locator(".traceback", { hasText: "KeyboardInterrupt" }).waitFor();
    assert.match(await cellOf(page, 1).locator(".outputs").innerText(), /^-+\s*KeyboardInterrupt/);
    assert.deepEqual((await download(page))[0].outputs.map(({ ename }) => ename), ["KeyboardInterrupt"]);
    await page.close();
  });

  await t.step(
    "Run all stops at a failed cell; the next one keeps its output, and shows why it was not run",
    async () => {
      const page = await open.openNew();
      for (const code of ["6 * 7", "broken()", "waits()"]) await run(page, code);
      const [fails, left] = [cellOf(page, 2), cellOf(page, 3)];
      await left.getByText("'at last'").waitFor();
      for (let round = 0; round < 2; round++) {
        await press(page, "Run all");
        await left.getByText(/^\[AIPython\] Run All stopped at In \[\d\], which ended with ValueError: too raw\./)
          .waitFor();
        await fails.getByText("failed").waitFor();
        await page.locator(".cell.running, .cell.queued").first().waitFor({ state: "detached" });
        assert.doesNotMatch(await left.getAttribute("class") ?? "", /error|completed/);
        assert.equal(await left.getByText("[AIPython]").count(), 1);
        assert.equal(await left.getByText("'at last'").count(), 1);
      }
      await left.getByRole("button", { name: "Run this cell" }).click();
      await left.getByText("[AIPython]").waitFor({ state: "detached" });
      await promptIs(page, 3, /In \[\d+\]:/);
      await page.close();
    },
  );

  await t.step(
    "Clear outputs clears, Run all runs every cell, Restart forgets variables and counts from 1",
    async () => {
      const page = await open.openNew();
      await run(page, "1 + 1");
      await run(page, "2 + 2");
      await promptIs(page, 2, /In \[2\]/);
      await press(page, "Clear outputs");
      await page.getByText("Out[").first().waitFor({ state: "detached" });
      await press(page, "Run all");
      await promptIs(page, 2, /In \[4\]/);
      await cellOf(page, 2).getByText("Out[4]:").waitFor();
      await press(page, "Restart");
      await page.locator(".chip[data-kind=ready]").waitFor();
      const number = model.requests.length;
      await page.locator(".cm-content").last().click();
      await run(page, "3 + 3");
      await promptIs(page, 3, /In \[1\]/);
      const asked = JSON.stringify((await model.request(number)).body.messages);
      assert.ok(asked.includes("3 + 3") && !asked.includes("1 + 1"), "what was run before is forgotten");
      await page.close();
    },
  );

  await t.step("an output that cannot be rendered affects nothing else", async () => {
    const page = await open.openNew();
    await run(page, "deep()");
    await page.getByText("This text is shown as it was written").waitFor();
    await run(page, "6 * 7");
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.close();
  });

  await t.step("no page reported another error", () => noFaults(open));
});
