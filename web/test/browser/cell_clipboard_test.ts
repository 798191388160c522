/**
 * Cutting, copying and pasting cells, also in another tab and through the system's clipboard.
 *
 * @module
 */

import assert from "node:assert/strict";
import { cellsAre, isAnnounced, markedAre, startModel } from "./cell_commands.ts";
import { fill, press } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("cutting, copying and pasting cells", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("x, c, v and V cut, copy and paste cells, also in another tab", async () => {
    const page = await open.openNew();
    await fill(page, "shown()", "# text", "last");
    await press(page, "k", "m", "Shift+Enter", "k", "k", "Control+Enter");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "Shift+j", "c");
    await isAnnounced(page, "2 cells copied.");
    await press(page, "v");
    await cellsAre(page, "shown()", "text", "shown()", "text", "last");
    await cellOf(page, 3).locator(".outputs").getByText("42").waitFor();
    await cellOf(page, 3).locator("strong", { hasText: "bold" }).waitFor();
    await markedAre(page, 4);
    await press(page, "z");
    await cellsAre(page, "shown()", "text", "last");

    const other = await open.openNew();
    await press(other, "Escape", "Shift+V");
    await cellsAre(other, "shown()", "text", "");
    await cellOf(other, 1).locator(".outputs").getByText("42").waitFor();
    assert.equal(await cellOf(other, 1).getByText("Out[").count(), 0);
    await press(other, "k", "x");
    await isAnnounced(other, "1 cell cut.");
    await cellsAre(other, "text", "");
    await press(other, "v");
    await cellsAre(other, "text", "shown()", "");
    await other.close();

    await page.bringToFront();
    await press(page, "v");
    await cellsAre(page, "shown()", "text", "shown()", "last");
    await page.close();
  });

  await t.step("the system's clipboard receives cells as text, and pasted text becomes a cell", async () => {
    const page = await open.openNew();
    await fill(page, "a = 1", "b = 2");
    await press(page, "Control+a", "Control+c");
    await isAnnounced(page, "2 cells copied.");
    await page.getByRole("textbox", { name: "Title" }).fill("");
    await page.getByRole("textbox", { name: "Title" }).press("Control+v");
    assert.equal(await page.getByRole("textbox", { name: "Title" }).inputValue(), "a = 1  b = 2");
    await page.getByRole("textbox", { name: "Title" }).fill("print(1)");
    await press(page, "Control+a", "Control+x");
    await cellOf(page, 2).focus();
    await press(page, "Control+v");
    await cellsAre(page, "a = 1", "b = 2", "print(1)");
    await press(page, "Control+x");
    await cellsAre(page, "a = 1", "b = 2");
    await press(page, "Control+v", "Control+v");
    await cellsAre(page, "a = 1", "b = 2", "print(1)", "print(1)");
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
