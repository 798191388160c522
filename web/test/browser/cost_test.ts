/**
 * The cost of cells and of the notebook on the page, over reloads and restarts.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

/** A scripted answer has 10 input and 5 output tokens, which cost 2 cents. */
const PRICED = { AIPYTHON_PRICE: "1000,500,2000" };

browserTest("each cell and the notebook show their costs, also after a restart of the site", async () => {
  await using model = await startScriptedModel(answer(result("42")));
  const dataDir = await Deno.makeTempDir({ prefix: "cost-" });
  try {
    let path: string;
    {
      await using open = await openSite({ environment: { ...modelFrom(model), ...PRICED }, dataDir });
      const page = await open.openNew();
      assert.equal(await page.locator(".chip .tokens").count(), 0);
      await run(page, "6 * 7");
      await cellOf(page, 1).locator(".cost", { hasText: /^\$0\.02$/ }).waitFor();
      await page.locator(".chip .tokens", { hasText: /^15 tokens · \$0\.02$/ }).waitFor();
      await cellOf(page, 1).getByRole("button", { name: "Run this cell" }).click();
      await page.locator(".chip .tokens", { hasText: /^30 tokens · \$0\.04$/ }).waitFor();
      await cellOf(page, 1).locator(".cost", { hasText: /^\$0\.02$/ }).waitFor();
      path = new URL(page.url()).pathname;
      noFaults(open);
    }
    await using open = await openSite({ environment: modelFrom(model), dataDir });
    const page = await open.open(path);
    await page.locator(".chip .tokens", { hasText: /^30 tokens · \$0\.04$/ }).waitFor();
    await cellOf(page, 1).locator(".cost", { hasText: /^\$0\.02$/ }).waitFor();
    await page.locator(".chip[data-kind=ready]").waitFor();
    await cellOf(page, 1).getByRole("button", { name: "Run this cell" }).click();
    await page.locator(".chip .tokens", { hasText: /^45 tokens · \$0\.04\+$/ }).waitFor();
    await cellOf(page, 1).locator(".cost", { hasText: /^15 tok$/ }).waitFor();
    const id = path.split("/").at(-1);
    assert.equal((await open.site.ask(`/api/notebooks/${id}`, { method: "DELETE" })).status, 204);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(`${dataDir}/usage`)), []);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

browserTest(
  "a notebook at its cost limit sends no request, and the cell explains how to continue",
  async () => {
    await using model = await startScriptedModel(answer(result("42")));
    const environment = { ...modelFrom(model), ...PRICED, AIPYTHON_MAX_COST_PER_SESSION: "0.02" };
    await using open = await openSite({ environment });
    const page = await open.openNew();
    await run(page, "6 * 7");
    await promptIs(page, 1, /In \[1\]:/);
    await run(page, "6 * 8");
    await cellOf(page, 2).getByText(/has spent \$0\.02, and its limit is \$0\.02: .*--max-cost-per-session/).waitFor();
    assert.equal(model.requests.length, 1);
  },
);
