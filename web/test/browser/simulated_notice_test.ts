/**
 * The notice that outputs are simulated.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

browserTest("the notice that outputs are simulated", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("the notice stays visible until it is confirmed, and is always printed", async () => {
    const page = await open.openNew();
    await page.getByLabel("Title").focus();
    const line = page.getByRole("note").getByText("is asked what IPython would show");
    for (let number = 0; number < 8; number++) await page.getByRole("button", { name: "Code" }).last().click();
    await page.mouse.wheel(0, 10_000);
    await page.waitForFunction(() => scrollY > 200);
    const { y } = (await line.boundingBox())!;
    assert.ok(y >= 0 && y < 300, `${y}`);
    await page.getByRole("button", { name: "Understood" }).click();
    await line.waitFor({ state: "hidden" });
    await page.reload();
    await cellOf(page, 1).waitFor();
    assert.equal(await line.isVisible(), false);
    assert.match(await page.locator(".chip").innerText(), /simulated by scripted/);
    await page.emulateMedia({ media: "print" });
    assert.ok(await line.isVisible());
    assert.equal(await page.getByRole("toolbar").first().isVisible(), false);
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
