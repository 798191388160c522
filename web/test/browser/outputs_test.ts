/**
 * Outputs on the page: the size of figures, text that stays in place, and folding.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { plot } from "../../../test/media/pictures.ts";
import { answer, display, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
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
import { pressButton } from "./toolbar.ts";

const figure = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200">' +
  '<rect width="320" height="200" fill="#fff"/><polyline points="20,180 160,120 300,20" fill="none" stroke="#1f77b4"/></svg>';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

let againRuns = 0;

const scripts = {
  "again()": () => [...againRuns++ === 0 ? [] : gate("again"), ...answer(stdout(lines(10)))],
  "above()": answer(stdout(lines(50)), gate("above"), stdout("grown\n")),
  "plt.plot": answer(display({ "image/svg+xml": figure, "text/plain": "<Figure: a line that rises>" })),
  "huge()": answer(display({ "image/svg+xml": plot(6_000), "text/plain": "<Figure: many points>" })),
  "long()": answer(stdout(lines(500))),
  "wide()": answer(stdout("x".repeat(50_000))),
  "many()": answer(...Array.from({ length: 60 }, (_, index) => display({ "text/plain": `output ${index + 1}` }))),
  "deep()": answer(display({ "text/markdown": ">".repeat(20_000) + " a" })),
};

/** Returns the top of a cell in the window, in CSS pixels. */
const topOf = (page: Page, number: number) => cellOf(page, number).evaluate((cell) => cell.getBoundingClientRect().top);

/** Returns the size of a figure when it is narrower than `width`. */
async function shrunkSizeOf(figure: Locator, width: number): Promise<number[]> {
  for (;;) {
    const size = await sizeOf(figure);
    if (size[0] < width) return size;
    await figure.evaluate(() => new Promise(requestAnimationFrame));
  }
}

browserTest("outputs on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("a plot has its natural size and its text as description", async () => {
    const page = await open.openNew();
    await run(page, "plt.plot([1, 2, 3], [1, 4, 9])\nplt.show()");
    const plot = figureIn(page, "<Figure: a line that rises>");
    assert.deepEqual(await sizeOf(plot), [320, 200]);
    await page.setViewportSize({ width: 240, height: 800 });
    const [width, height] = await shrunkSizeOf(plot, 320);
    assert.ok(width < 240 && Math.abs(height - width * 200 / 320) <= 1, `${width} x ${height}`);
    await page.close();
  });

  await t.step("a plot of more than 256 KB is rendered from the page's own server", async () => {
    const page = await open.openNew();
    await run(page, "huge()");
    const picture = page.getByRole("img", { name: "<Figure: many points>" });
    await picture.waitFor();
    assert.match(await picture.getAttribute("src") ?? "", /^\/api\/artifacts\//);
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".picture")!.naturalWidth > 0);
    assert.deepEqual(await sizeOf(picture), [640, 480]);
    await page.close();
  });

  await t.step("the visible text stays in place while outputs above it grow or are replaced", async () => {
    const page = await open.openNew();
    await page.setViewportSize({ width: 1280, height: 420 });
    await run(page, "above()");
    await cellOf(page, 1).getByText("line 50").waitFor();
    await run(page, "again()");
    await page.evaluate(() => scrollBy(0, document.querySelectorAll(".cell")[1].getBoundingClientRect().top - 120));
    const read = await topOf(page, 2);
    model.open("above");
    await cellOf(page, 1).getByText("grown").waitFor();
    assert.ok(Math.abs(await topOf(page, 2) - read) < 2, "the visible cell has not moved");
    await promptIs(page, 2, /In \[2\]/);
    const below = await topOf(page, 3);
    await pressButton(page, "Run all");
    await model.reached("again");
    await cellOf(page, 2).locator(".outputs:empty").waitFor({ state: "attached" });
    assert.ok(Math.abs(await topOf(page, 3) - below) < 2, "the cell below a cell that runs again has not moved");
    model.open("again");
    await promptIs(page, 2, /In \[4\]/);
    assert.ok(Math.abs(await topOf(page, 3) - below) < 2, "the cell below has not moved after the end of the run");
    await page.close();
  });

  await t.step("long texts, wide lines and many outputs are folded and can be opened", async () => {
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

  await t.step("an output that cannot be rendered does not affect the next cell", async () => {
    const page = await open.openNew();
    await run(page, "deep()");
    await page.getByText("This text is shown as it was written").waitFor();
    await run(page, "6 * 7");
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
