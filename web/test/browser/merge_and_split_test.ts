/**
 * Merging cells, and splitting a cell.
 *
 * @module
 */

import { cellsAre, isAnnounced, startModel } from "./cell_commands.ts";
import { fill, press } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("merging and splitting cells", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step(
    "Shift+M merges the selected cells or the cell below, and z separates them again",
    async () => {
      const page = await open.openNew();
      await fill(page, "one", "shown()", "three");
      await press(page, "k", "Control+Enter");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await press(page, "k", "Shift+M");
      await cellsAre(page, "one\n\nshown()", "three");
      await press(page, "Shift+j", "Shift+M");
      await cellsAre(page, "one\n\nshown()\n\nthree");
      await press(page, "Shift+M");
      await isAnnounced(page, "There is no cell below to merge with.");
      await press(page, "z");
      await cellsAre(page, "one\n\nshown()", "three");
      await press(page, "z");
      await cellsAre(page, "one", "shown()", "three");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await page.close();
    },
  );

  await t.step("a running cell is not merged, and the page shows the reason", async () => {
    const page = await open.openNew();
    await fill(page, "one", "endless()");
    await press(page, "Control+Enter");
    await cellOf(page, 2).getByText("begun").waitFor();
    await press(page, "k", "Shift+M");
    await page.locator(".news").getByText("Nothing was merged: cell 2 waits or runs.").waitFor();
    await cellsAre(page, "one", "endless()");
    await press(page, "i", "i");
    await page.locator(".cell.running").waitFor({ state: "detached" });
    await press(page, "Shift+M");
    await cellsAre(page, "one\n\nendless()");
    await page.close();
  });

  await t.step(
    "Ctrl+Shift+- splits a cell at the cursor or around the selected text",
    async () => {
      const page = await open.openNew();
      await fill(page, "a = 1\nb = 2\nshown()");
      await press(page, "Control+Enter");
      await cellOf(page, 1).getByText("Out[1]:").waitFor();
      await press(page, "Enter", "Control+Home", "ArrowDown", "Control+Shift+Minus");
      await cellsAre(page, "a = 1", "b = 2\nshown()");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await cellOf(page, 2).locator(".cm-focused").waitFor();
      await press(page, "Escape", "z");
      await cellsAre(page, "a = 1\nb = 2\nshown()");
      await press(page, "Enter", "Control+Home", "ArrowDown", "Shift+End", "Control+Shift+Minus");
      await cellsAre(page, "a = 1", "b = 2", "shown()");
      await press(page, "Control+Home", "Control+Shift+Minus");
      await isAnnounced(page, "Nothing was split: put the cursor inside the text of the cell first.");
      await page.close();
    },
  );

  await t.step("no page reported an error", () => noFaults(open));
});
