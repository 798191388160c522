/**
 * Restarting the runtime on the page, alone and before running all cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { fill } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, type OpenSite, openSite, promptIs } from "./open_site.ts";
import { choose, prompts, startModel } from "./several_cells.ts";

/** Follows the log of the notebook that a page shows. */
async function follow(open: OpenSite, page: Page): Promise<{ log: StoredEvent[]; notebook: NotebookStore }> {
  const log: StoredEvent[] = [];
  const notebook = await NotebookStore.open({
    notebookId: new URL(page.url()).pathname.split("/").at(-1)!,
    clientId: `test-${crypto.randomUUID()}`,
    syncUrl: open.site.syncUrl,
    payload: { authToken: await Deno.readTextFile(`${open.site.dataDir}/sync_token`) },
    onEvents: (events) => log.push(...events),
    logger: silentLogger,
  }, AbortSignal.timeout(30_000));
  return { log, notebook };
}

browserTest("restarting the runtime on the page", async (t) => {
  await using model = await startModel();
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Restart and run all forgets variables, counts from 1, and waits for the new session", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.keyboard.press("Control+F9");
    await promptIs(page, 2, /In \[2\]/);
    const { log, notebook } = await follow(open, page);
    const before = log.length;
    const isRestarted = Promise.withResolvers<void>();
    // The server confirms the restart before it happens.
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
    await notebook.settled();
    const names = log.slice(before).map(({ name }) => name);
    await notebook.close();
    const [forgotten, started, asked] = [
      "v1.NotebookMetadataSet",
      "v1.RuntimeSessionStarted",
      "v1.MultipleExecutionRequested",
    ].map((name) => names.indexOf(name));
    assert.ok(0 <= forgotten && forgotten < started && started < asked, names.join("\n"));
    await page.close();
  });

  await t.step("Restart and run all reports a runtime that does not return, and runs nothing", async () => {
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

  await t.step("0 0 restarts, one 0 does not, and the list of keys contains them", async () => {
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
