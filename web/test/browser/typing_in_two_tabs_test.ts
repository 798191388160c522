/**
 * Typing in two tabs: the actions in one tab do not affect the letters, the cursor or the undo history of the other.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, type OpenSite, openSite, sources } from "./open_site.ts";
import { hasCursor, textIs } from "./typing.ts";

/** Returns the text of a cell's editor. */
const textOf = (page: Page, number: number) =>
  cellOf(page, number).locator(".cm-content").evaluate((content) => (content as HTMLElement).innerText.trimEnd());

/** Opens a second tab with the notebook of the first, and waits for the same number of cells. */
async function openSecond(open: OpenSite, one: Page): Promise<Page> {
  const two = await open.open(new URL(one.url()).pathname);
  await two.locator(".cell").nth(await one.locator(".cell").count() - 1).waitFor();
  return two;
}

/** Adds a cell above the first one with a command. */
async function addAbove(page: Page): Promise<void> {
  await page.locator(".cell[data-cell]").first().focus();
  await page.keyboard.press("a");
}

browserTest("typing in two tabs", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("typing continues in place while another tab adds, moves and deletes cells above", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("first");
    const two = await openSecond(open, one);
    await textIs(two, 1, "first");
    await addAbove(two);
    await one.locator(".cell").nth(1).waitFor();
    await one.keyboard.type("dd");
    assert.deepEqual(await sources(one), ["", "firstdd"]);
    assert.ok(await hasCursor(one, 2));
    await two.keyboard.press("Alt+ArrowDown");
    await textIs(one, 1, "firstdd");
    await one.keyboard.type("ii");
    assert.deepEqual(await sources(one), ["firstddii", ""]);
    await two.keyboard.press("Alt+ArrowUp");
    await textIs(one, 2, "firstddii");
    await one.keyboard.type("mm");
    await textIs(one, 2, "firstddiimm");
    await two.keyboard.press("d");
    await two.keyboard.press("d");
    await one.locator(".cell").nth(1).waitFor({ state: "detached" });
    await one.keyboard.type("zz");
    await textIs(one, 1, "firstddiimmzz");
    assert.ok(await hasCursor(one, 1));
    await one.keyboard.press("ControlOrMeta+z");
    assert.notEqual(await textOf(one, 1), "firstddiimmzz");
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("the cursor stays after text that another tab inserts before it", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("end");
    const two = await openSecond(open, one);
    await textIs(two, 1, "end");
    await cellOf(two, 1).locator(".cm-content").click();
    await two.keyboard.press("Home");
    await two.keyboard.type("start ");
    await textIs(one, 1, "start end");
    await one.keyboard.type("!");
    await textIs(two, 1, "start end!");
    await two.keyboard.press("Control+Shift+End");
    await two.keyboard.press("Delete");
    await textIs(one, 1, "start");
    await one.keyboard.press("ControlOrMeta+z");
    assert.equal(await textOf(one, 1), "start", "undo in one tab does not restore text that the other tab has deleted");
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("two people who type into one cell keep every letter and see the same text", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("=");
    const two = await openSecond(open, one);
    await textIs(two, 1, "=");
    await cellOf(two, 1).locator(".cm-content").click();
    const [ones, twos] = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    let expected = "=";
    const rounds = [[26, 37, 53], [8, 330, 350], [16, 120, 310]];
    for (const [count, delayOne, delayTwo] of rounds) {
      await two.keyboard.press("Home");
      await Promise.all([
        one.keyboard.type(ones.slice(0, count), { delay: delayOne }),
        two.keyboard.type(twos.slice(0, count), { delay: delayTwo }),
      ]);
      expected = twos.slice(0, count) + expected + ones.slice(0, count);
      await textIs(one, 1, expected);
      await textIs(two, 1, expected);
    }
    await one.reload();
    await textIs(one, 1, expected);
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
