/**
 * Running a cell again: its previous answer and the differences, by mouse and keyboard.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, display, result, stdout } from "../../../test/support/scripted_answer.ts";
import type { Script } from "../../../test/support/scripted_model_server.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

const bar = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="${colour}"/></svg>`;

/** Answers with one script after the other, and repeats the last one. */
function inOrder(...scripts: Script[]): () => Script {
  let index = 0;
  return () => scripts[Math.min(index++, scripts.length - 1)];
}

const scripts = {
  "dice()": inOrder(
    answer(stdout("first\nsecond\nthird\n")),
    answer(stdout("first\nSECOND\nthird\n")),
    answer(stdout("first\nSECOND\nthird\n")),
  ),
  "figure()": inOrder(
    answer(display({ "image/svg+xml": bar("red"), "text/plain": "A red bar" })),
    answer(display({ "image/svg+xml": bar("blue"), "text/plain": "A blue bar" })),
  ),
};

/** Runs a cell again with its button, and waits until it has ended with this number. */
async function again(page: Page, cell: number, number: number): Promise<void> {
  await cellOf(page, cell).getByRole("button", { name: "Run this cell" }).click();
  await promptIs(page, cell, new RegExp(`In \\[${number}\\]:`));
}

browserTest("the comparison of a cell's answer with its previous answer", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  const line = cellOf(page, 1).locator(".answer-before");
  const toggle = cellOf(page, 1).getByRole("button", { name: "1 line differs from the previous answer" });

  await t.step("the first run of a cell shows no comparison", async () => {
    await run(page, "dice()");
    await promptIs(page, 1, /In \[1\]:/);
    assert.equal(await line.count(), 0);
  });

  await t.step("the number of differing lines is shown, and a key press shows the lines", async () => {
    await again(page, 1, 2);
    await toggle.waitFor();
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await toggle.focus();
    await page.keyboard.press("Enter");
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    const group = page.getByRole("group", { name: "Lines that differ" });
    assert.deepEqual(await group.locator("del").allInnerTexts(), ["second"]);
    assert.deepEqual(await group.locator("ins").allInnerTexts(), ["SECOND"]);
    assert.deepEqual(await group.locator("span").allInnerTexts(), ["first", "third"]);
    await page.keyboard.press("Space");
    await group.waitFor({ state: "detached" });
  });

  await t.step("the comparison is still shown after a reload", async () => {
    await page.reload();
    await toggle.click();
    await page.getByRole("group", { name: "Lines that differ" }).locator("del", { hasText: "second" }).waitFor();
  });

  await t.step("an equal answer is reported as equal", async () => {
    await page.locator(".chip[data-kind=ready]").waitFor();
    await again(page, 1, 3);
    await line.filter({ hasText: /^Same answer as before$/ }).waitFor();
    assert.equal(await line.getByRole("button").count(), 0);
  });

  await t.step("an equal answer to different code is reported as such", async () => {
    await cellOf(page, 1).locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("  # once more");
    await again(page, 1, 4);
    await line.filter({ hasText: /^Same answer as before, for different code$/ }).waitFor();
  });

  await t.step("clearing the outputs removes the comparison", async () => {
    await page.getByRole("toolbar").getByRole("button", { name: "Clear outputs" }).click();
    await line.waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("two different pictures are shown side by side", async () => {
    const page = await open.openNew();
    await run(page, "figure()");
    await promptIs(page, 1, /In \[1\]:/);
    await again(page, 1, 2);
    await cellOf(page, 1).getByRole("button", { name: "1 picture differs from the previous answer" }).click();
    const figures = cellOf(page, 1).getByRole("figure");
    await figures.filter({ hasText: "Before" }).locator('iframe[title="A red bar"]').waitFor();
    await figures.filter({ hasText: "Now" }).locator('iframe[title="A blue bar"]').waitFor();
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
