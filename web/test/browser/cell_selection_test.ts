/**
 * Selecting several cells by keyboard and mouse.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isAnnounced, markedAre, startModel } from "./cell_commands.ts";
import { fill, press } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("selecting several cells", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Shift with arrows, J or K selects several cells, and Esc selects a single cell", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three", "four");
    await press(page, "Shift+ArrowUp");
    await markedAre(page, 3, 4);
    await isAnnounced(page, "2 cells selected.");
    await page.getByRole("article", { name: "Code cell 3 of 4, selected" }).waitFor();
    await press(page, "Shift+K");
    await markedAre(page, 2, 3, 4);
    await press(page, "Shift+J", "Shift+ArrowDown");
    await markedAre(page, 4);
    await press(page, "Shift+Home");
    await markedAre(page, 1, 2, 3, 4);
    await press(page, "Escape");
    await markedAre(page, 1);
    await press(page, "Shift+End");
    await markedAre(page, 1, 2, 3, 4);
    await press(page, "ArrowUp");
    await markedAre(page, 3);
    await press(page, "Control+a");
    await markedAre(page, 1, 2, 3, 4);
    await page.close();
  });

  await t.step("Shift and a click select several cells, and a click selects a single cell", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three");
    await cellOf(page, 1).locator(".cm-content").click({ modifiers: ["Shift"] });
    await markedAre(page, 1, 2, 3);
    assert.equal(await page.locator(".cm-focused").count(), 0);
    await cellOf(page, 2).locator(".cm-content").click();
    await markedAre(page, 2);
    await cellOf(page, 3).locator(".cell-prompt").click({ modifiers: ["Shift"] });
    await markedAre(page, 2, 3);
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
