/**
 * Jupyter's commands for several cells, by keyboard and by the menu.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { cellsAre, isAnnounced, markedAre, startModel } from "./cell_commands.ts";
import { fill, press, waitForValue } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";

/** Chooses an item of the menu for selected cells. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Edit cells" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

browserTest("commands for several cells", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("move, change type, run and delete apply to all selected cells, and z undoes them", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three", "four");
    await press(page, "k", "Shift+ArrowUp", "Alt+ArrowUp");
    await cellsAre(page, "two", "three", "one", "four");
    await press(page, "Control+Shift+ArrowDown", "Control+Shift+ArrowDown");
    await cellsAre(page, "one", "four", "two", "three");
    await markedAre(page, 3, 4);
    await press(page, "z", "z", "z");
    await cellsAre(page, "one", "two", "three", "four");
    await press(page, "Shift+ArrowUp");
    await markedAre(page, 1, 2, 3);
    await press(page, "m");
    await waitForValue(() => page.locator(".cell.text").count(), 3);
    await press(page, "z");
    await waitForValue(() => page.locator(".cell.code").count(), 4);
    await press(page, "j", "Shift+ArrowDown", "Control+Enter");
    await promptIs(page, 3, /In \[2\]/);
    await markedAre(page, 2, 3);
    await press(page, "Shift+Enter");
    await promptIs(page, 3, /In \[4\]/);
    await markedAre(page, 4);
    await press(page, "k", "Shift+k", "d", "d");
    await cellsAre(page, "one", "four");
    await markedAre(page, 2);
    await press(page, "z");
    await cellsAre(page, "one", "two", "three", "four");
    await cellOf(page, 3).getByText("Out[4]:").waitFor();
    await page.close();
  });

  await t.step("o hides outputs, O hides sources, and l and L show line numbers", async () => {
    const page = await open.openNew();
    await fill(page, "shown()\n# second", "other");
    await press(page, "k", "Control+Enter");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "o");
    await cellOf(page, 1).getByRole("button", { name: "Show the output" }).waitFor();
    assert.equal(await cellOf(page, 1).getByText("Out[1]:").count(), 0);
    await press(page, "o");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "z");
    await cellOf(page, 1).getByRole("button", { name: "Show the output" }).click();
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "Shift+O");
    await cellOf(page, 1).getByRole("button", { name: "Show the source shown()" }).waitFor();
    await page.reload();
    await cellOf(page, 1).getByRole("button", { name: "Show the source shown()" }).waitFor();
    await cellOf(page, 1).focus();
    await press(page, "Enter");
    await cellOf(page, 1).locator(".cm-focused").waitFor();
    await press(page, "Escape", "l");
    await cellOf(page, 1).locator(".cm-lineNumbers").getByText("2").waitFor();
    assert.equal(await cellOf(page, 2).locator(".cm-lineNumbers").count(), 0);
    await press(page, "Shift+L");
    await cellOf(page, 2).locator(".cm-lineNumbers").waitFor();
    await press(page, "Shift+L");
    await page.locator(".cm-lineNumbers").first().waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("the menu has the same commands", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three");
    await choose(page, "Select the cell above, too");
    await markedAre(page, 2, 3);
    await choose(page, "Copy");
    await isAnnounced(page, "2 cells copied.");
    await choose(page, "Paste above");
    await cellsAre(page, "one", "two", "three", "two", "three");
    await choose(page, "Undo");
    await cellsAre(page, "one", "two", "three");
    await cellOf(page, 3).locator(".cell-prompt").click();
    await choose(page, "Cut");
    await cellsAre(page, "one", "two");
    await choose(page, "Select all cells");
    await choose(page, "Merge with each other, or below");
    await cellsAre(page, "one\n\ntwo");
    await cellOf(page, 1).locator(".cm-line").nth(1).click();
    await choose(page, "Split at the cursor");
    await cellsAre(page, "one", "two");
    await choose(page, "Line numbers of all cells");
    await waitForValue(() => page.locator(".cm-lineNumbers").count(), 2);
    await choose(page, "Line numbers of all cells");
    await choose(page, "Hide or show the source");
    await cellOf(page, 2).getByRole("button", { name: "Show the source two" }).click();
    await cellsAre(page, "one", "two");
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
