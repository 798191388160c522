/**
 * Restarting the runtime on the page, alone and before running all cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fill } from "./cells_by_hand.ts";
import { openLog } from "./notebook_log.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";
import { choose, prompts, startModel } from "./several_cells.ts";

browserTest("restarting the runtime on the page", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Restart and run all waits for the new session and counts from 1", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.keyboard.press("Control+F9");
    await promptIs(page, 2, /In \[2\]/);
    await using follower = await openLog(open.site, page);
    const { client, log } = follower;
    const before = log.length;
    const isRestarted = Promise.withResolvers<void>();
    // The page gets the confirmation before the restart happens.
    await page.route("**/runtime", async (route) => {
      if (route.request().method() !== "POST") return await route.continue();
      await route.fulfill({ json: { state: "ready" } });
      isRestarted.resolve();
    });
    await choose(page, "Restart and run all");
    await isRestarted.promise;
    assert.ok(await page.getByRole("button", { name: "Restart", exact: true }).isDisabled());
    const response = await open.site.ask(
      `/api${new URL(page.url()).pathname.replace(/^.*\//, "/notebooks/")}/runtime`,
      {
        method: "POST",
      },
    );
    await response.body?.cancel();
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.getByRole("button", { name: "Restart", exact: true, disabled: false }).waitFor();
    assert.deepEqual(await prompts(page), ["In [1]:", "In [2]:"]);
    await client.store.settled();
    const names = log.slice(before).map(({ name }) => name);
    const [forgotten, started, asked] = [
      "v1.NotebookMetadataSet",
      "v1.RuntimeSessionStarted",
      "v1.MultipleExecutionRequested",
    ].map((name) => names.indexOf(name));
    assert.ok(0 <= forgotten && forgotten < started && started < asked, names.join("\n"));
    await page.close();
  });

  await t.step("Restart and run all reports a runtime that does not start again, and runs no cell", async () => {
    const page = await open.openNew();
    await fill(page, "1");
    await page.route(
      "**/runtime",
      (route) =>
        route.request().method() === "POST"
          ? route.fulfill({ json: { state: "failed", problem: "The key is missing." } })
          : route.continue(),
    );
    await choose(page, "Restart and run all");
    await page.getByRole("alert").getByText("The cells were not run, because the runtime has not started again.")
      .waitFor();
    assert.deepEqual(await prompts(page), ["In [ ]:"]);
    await page.close();
  });

  await t.step("0 0 restarts the runtime, a single 0 does not, and the list of keys contains them", async () => {
    const page = await open.openNew();
    await fill(page, "1");
    await page.keyboard.press("Control+Enter");
    await promptIs(page, 1, /In \[1\]/);
    await page.keyboard.press("0");
    await page.keyboard.press("k");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    for (
      const does of [
        "run all, until one fails",
        "run all, continue after errors",
        "run all above the cell",
        "run the cell and below",
        "restart; “More ways to run” can also run all cells then",
        "undo: bring back deleted cells, cleared outputs, replaced text",
      ]
    ) await keys.getByText(does).first().waitFor();
    await page.keyboard.press("Control+F9");
    await page.keyboard.press("Escape");
    const restarted = page.waitForRequest((request) =>
      request.method() === "POST" && request.url().endsWith("/runtime")
    );
    await page.keyboard.press("0");
    await page.keyboard.press("0");
    await restarted;
    await page.getByRole("button", { name: "Restart", exact: true, disabled: false }).waitFor();
    await page.keyboard.press("Control+Enter");
    await promptIs(page, 1, /In \[1\]/);
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
