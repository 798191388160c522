/**
 * Running several cells on the page: all, those above, or a cell and those below, by menu, key and button.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { fill } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";
import { choose, prompts, startModel } from "./several_cells.ts";

/** Selects a cell for commands. */
async function select(page: Page, number: number): Promise<void> {
  await cellOf(page, number).focus();
  await page.locator(`.cell[data-selected][aria-posinset="${number}"]`).waitFor();
}

browserTest("running several cells on the page", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step(
    "the menu, keys and buttons run the cells above, or a cell and those below",
    async () => {
      const page = await open.openNew();
      await fill(page, "1", "2", "3");
      await select(page, 2);
      await choose(page, "Run all above the selected cell");
      await promptIs(page, 1, /In \[1\]/);
      await choose(page, "Run the selected cell and below");
      await promptIs(page, 3, /In \[3\]/);
      assert.deepEqual(await prompts(page), ["In [1]:", "In [2]:", "In [3]:"]);
      await page.keyboard.press("Control+F8");
      await promptIs(page, 1, /In \[4\]/);
      assert.deepEqual(await prompts(page), ["In [4]:", "In [2]:", "In [3]:"]);
      await cellOf(page, 3).hover();
      await cellOf(page, 3).getByRole("button", { name: "Run the cells above" }).click();
      await promptIs(page, 2, /In \[6\]/);
      await cellOf(page, 2).hover();
      await cellOf(page, 2).getByRole("button", { name: "Run this and all below" }).click();
      await promptIs(page, 3, /In \[8\]/);
      assert.deepEqual(await prompts(page), ["In [5]:", "In [7]:", "In [8]:"]);
      await cellOf(page, 1).hover();
      assert.ok(await cellOf(page, 1).getByRole("button", { name: "Run the cells above" }).isDisabled());
      await page.close();
    },
  );

  await t.step("the keys run several cells from within an editor, with the latest typed text", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("1");
    const number = model.requests.length;
    await page.keyboard.press("Control+F9");
    await promptIs(page, 2, /In \[2\]/);
    assert.match(JSON.stringify((await model.request(number + 1)).body.messages.at(-1)), /21"/);
    await page.keyboard.press("Control+F10");
    await promptIs(page, 2, /In \[3\]/);
    assert.deepEqual(await prompts(page), ["In [1]:", "In [3]:"]);
    assert.equal(await cellOf(page, 2).locator(".cm-focused").count(), 1);
    await page.close();
  });

  await t.step("the menu works by keyboard, and keys in it are not commands", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.getByRole("button", { name: "More ways to run" }).focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "More ways to run" });
    await menu.waitFor();
    const focused = () => page.locator(":focus").innerText();
    assert.match(await focused(), /^Run all above/);
    await page.keyboard.press("ArrowUp");
    assert.match(await focused(), /^Restart and run all/);
    await page.keyboard.press("ArrowDown");
    assert.match(await focused(), /^Run all above/);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    assert.match(await focused(), /^Run all, continue after errors/);
    for (const key of ["b", "d", "d", "Control+F9"]) await page.keyboard.press(key);
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    assert.equal(await page.locator(":focus").getAttribute("aria-label"), "More ways to run");
    assert.equal(await page.locator(".cell").count(), 2);
    assert.equal(await page.locator(".cell.running, .cell.queued").count(), 0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await promptIs(page, 1, /In \[1\]/);
    assert.deepEqual(await prompts(page), ["In [1]:", "In [ ]:"]);
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
