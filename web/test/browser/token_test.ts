/**
 * Access to the page through the address with the token.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { writeOpener } from "../../server/open_in_browser.ts";
import { startTestSite } from "../server/test_site.ts";
import { browserTest, modelFrom, openSite } from "./open_site.ts";

browserTest("access to the page with and without the token", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  const { site, browser, context } = open;
  const home = (page: Awaited<ReturnType<typeof open.open>>) => page.getByRole("button", { name: "New notebook" });

  await t.step("the page explains where to find the token if the cookie is missing", async () => {
    const page = await context.newPage();
    for (const path of ["/", "/notebooks/abc", "/anything"]) {
      const response = await page.goto(site.url + path);
      assert.equal(response!.status(), 401);
      await page.getByRole("heading", { name: "Open this page with its token" }).waitFor();
      await page.getByText("run the same command again").waitFor();
    }
    await page.close();
    // The console shows the refused requests.
    assert.equal(open.faults.splice(0).filter((fault) => !fault.includes("401")).length, 0);
  });

  await t.step(
    "opening the command's file in a browser gives access to the page",
    async () => {
      const page = await context.newPage();
      await page.goto(`file://${writeOpener(site.address, site.dataDir)}`);
      await home(page).waitFor();
      assert.equal(page.url(), `${site.url}/`);
      await page.close();
    },
  );

  await t.step("the address without the token works afterwards, and no script can read the cookie", async () => {
    const page = await context.newPage();
    await page.goto(site.url);
    await home(page).waitFor();
    assert.equal(await page.evaluate(() => document.cookie), "");
    await page.close();
  });

  await t.step("a second browser gets access by any address with the token", async () => {
    for (const path of ["/", "/notebooks/abc"]) {
      const other = await browser.newContext();
      const page = await other.newPage();
      await page.goto(site.addressOf(path));
      assert.equal(page.url(), site.url + path);
      await page.locator("main").waitFor();
      await other.close();
    }
  });

  await t.step("a server without a token gives access to everybody", async () => {
    await using free = await startTestSite({ environment: modelFrom(model), isOpen: true });
    assert.equal(free.address, `${free.url}/`);
    const page = await (await browser.newContext()).newPage();
    await page.goto(free.url);
    await home(page).waitFor();
    await page.context().close();
  });

  await t.step("only the owner can read the file that the command opens", async () => {
    if (Deno.build.os === "windows") return;
    assert.equal((await Deno.stat(join(site.dataDir, "open.html"))).mode! & 0o777, 0o600);
  });
});
