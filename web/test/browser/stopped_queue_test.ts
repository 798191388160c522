/**
 * Running several cells: an error stops the cells after it, and a refused key stops the whole queue.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fill } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";
import { choose, prompts, startModel } from "./several_cells.ts";

browserTest("running several cells when one of them fails", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Run all stops at the first exception, and an item of the menu continues after it", async () => {
    const page = await open.openNew();
    await fill(page, "1", "broken()", "3");
    await page.keyboard.press("Control+F9");
    await cellOf(page, 3).getByText("[AIPython] Run All stopped at In [2]").waitFor();
    assert.deepEqual(await prompts(page), ["In [1]:", "In [2]:", "In [ ]:"]);
    await choose(page, "Run all, continue after errors");
    await cellOf(page, 3).getByText("Out[5]:").waitFor();
    assert.deepEqual(await prompts(page), ["In [3]:", "In [4]:", "In [5]:"]);
    await cellOf(page, 2).getByText("failed").waitFor();
    await page.keyboard.press("Control+Shift+F9");
    await cellOf(page, 3).getByText("Out[8]:").waitFor();
    await page.close();
  });

  for (const [how, key] of [["Run all", "Control+F9"], ["separate requests", "Control+Shift+F9"]]) {
    await t.step(`a refused key stops the remaining cells of ${how}`, async () => {
      const page = await open.openNew();
      await fill(page, "1", "refused()", "3", "4");
      const number = model.requests.length;
      await page.keyboard.press(key);
      await cellOf(page, 3).getByText(
        /^\[AIPython\] The queue stopped at In \[2\], which ended with ModelError: .* refused the API key/,
      ).waitFor();
      await cellOf(page, 3).getByText("This cell and 1 more were not run.").waitFor();
      await cellOf(page, 2).getByText("failed").waitFor();
      await prompts(page);
      assert.equal(model.requests.length - number, 2);
      assert.equal(await cellOf(page, 4).locator(".outputs").innerText(), "");
      await page.close();
    });
  }

  await t.step("no page reported an error", () => noFaults(open));
});
