/**
 * The gallery of examples, and the list of the notebooks that are made from it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("the gallery of examples and the list of notebooks", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();

  await t.step("the gallery creates a notebook from each example", async () => {
    const titles = ["A tour of AIPython", "Recursion, one call at a time", "A year of swifts", "Reading a traceback"];
    for (const title of titles) {
      await page.goto(open.site.url);
      await page.locator(".gallery").getByRole("button", { name: title }).click();
      await cellOf(page, 1).getByRole("heading", { name: title }).waitFor();
      assert.match(await page.getByLabel("Title").inputValue(), new RegExp(`^${title}`));
    }
  });

  await t.step("the list shows the newest notebook first, and can delete it", async () => {
    await page.getByRole("link", { name: "All notebooks" }).click();
    const links = page.getByRole("region", { name: "Your notebooks" }).getByRole("link");
    await links.nth(3).waitFor();
    assert.match(await links.first().innerText(), /^Reading a traceback\s+13 cells · just now$/);
    await page.getByRole("button", { name: "Delete Reading a traceback" }).click();
    await links.nth(3).waitFor({ state: "detached" });
    await links.first().click();
    await cellOf(page, 1).getByRole("heading", { name: "A year of swifts" }).waitFor();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
