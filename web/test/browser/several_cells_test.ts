/**
 * Running several cells on the page: above, below, after errors, after a restart, and when a refused key stops all of them.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { answer, error, result } from "../../../test/support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  modelFrom,
  noFaults,
  type OpenSite,
  openSite,
  promptIs,
} from "./open_site.ts";

const refused: Script = { status: 401, body: { error: { message: "Incorrect API key provided." } } };

const scripts = {
  "broken()": answer(error("ValueError", "bad")),
  "refused()": refused,
};

/** Adds these cells to a new notebook, and leaves the last one selected. */
async function fill(page: Page, ...codes: string[]): Promise<void> {
  for (const [index, code] of codes.entries()) {
    if (index > 0) {
      await page.keyboard.press("b");
      await page.keyboard.press("Enter");
    }
    await cellOf(page, index + 1).locator(".cm-focused").waitFor();
    await page.keyboard.insertText(code);
    await page.keyboard.press("Escape");
  }
}

/** Selects a cell for commands. */
async function select(page: Page, number: number): Promise<void> {
  await cellOf(page, number).focus();
  await page.locator(`.cell[data-selected][aria-posinset="${number}"]`).waitFor();
}

/** Chooses an item of the menu beside Run all. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** Waits until no cell waits or runs, and returns the prompts of all cells. */
async function prompts(page: Page): Promise<string[]> {
  await page.locator(".cell.running, .cell.queued").first().waitFor({ state: "detached" });
  return await page.locator(".prompt.in").allInnerTexts();
}

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

browserTest("running several cells on the page", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step(
    "the menu, the keys and the cell's buttons run the cells above, or the cell and those below",
    async () => {
      const page = await open.openNew();
      await fill(page, "1", "2", "3");
      await select(page, 2);
      await choose(page, "Run all above the selected cell");
      await promptIs(page, 1, /In \[1\]/);
      await choose(page, "Run the selected cell and below");
      await promptIs(page, 3, /In \[3\]/);
      assert.deepEqual(await prompts(page), ["In [1]:", "In [2]:", "In [3]:"]);
      await page.keyboard.press("Control+F8");
      await promptIs(page, 1, /In \[4\]/);
      assert.deepEqual(await prompts(page), ["In [4]:", "In [2]:", "In [3]:"]);
      await cellOf(page, 3).hover();
      await cellOf(page, 3).getByRole("button", { name: "Run the cells above" }).click();
      await promptIs(page, 2, /In \[6\]/);
      await cellOf(page, 2).hover();
      await cellOf(page, 2).getByRole("button", { name: "Run this and all below" }).click();
      await promptIs(page, 3, /In \[8\]/);
      assert.deepEqual(await prompts(page), ["In [5]:", "In [7]:", "In [8]:"]);
      await cellOf(page, 1).hover();
      assert.ok(await cellOf(page, 1).getByRole("button", { name: "Run the cells above" }).isDisabled());
      await page.close();
    },
  );

  await t.step("the keys run several cells from within an editor too, with the latest typed text", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("1");
    const number = model.requests.length;
    await page.keyboard.press("Control+F9");
    await promptIs(page, 2, /In \[2\]/);
    assert.match(JSON.stringify((await model.request(number + 1)).body.messages.at(-1)), /21"/);
    await page.keyboard.press("Control+F10");
    await promptIs(page, 2, /In \[3\]/);
    assert.deepEqual(await prompts(page), ["In [1]:", "In [3]:"]);
    assert.equal(await cellOf(page, 2).locator(".cm-focused").count(), 1);
    await page.close();
  });

  await t.step("the menu is used by keyboard, and its keys are not commands", async () => {
    const page = await open.openNew();
    await fill(page, "1", "2");
    await page.getByRole("button", { name: "More ways to run" }).focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "More ways to run" });
    await menu.waitFor();
    const focused = () => page.locator(":focus").innerText();
    assert.match(await focused(), /^Run all above/);
    await page.keyboard.press("ArrowUp");
    assert.match(await focused(), /^Restart and run all/);
    await page.keyboard.press("ArrowDown");
    assert.match(await focused(), /^Run all above/);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    assert.match(await focused(), /^Run all, go on after errors/);
    for (const key of ["b", "d", "d", "Control+F9"]) await page.keyboard.press(key);
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    assert.equal(await page.locator(":focus").getAttribute("aria-label"), "More ways to run");
    assert.equal(await page.locator(".cell").count(), 2);
    assert.equal(await page.locator(".cell.running, .cell.queued").count(), 0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await promptIs(page, 1, /In \[1\]/);
    assert.deepEqual(await prompts(page), ["In [1]:", "In [ ]:"]);
    await page.close();
  });

  await t.step("Run all stops at the first exception, and the menu's item continues", async () => {
    const page = await open.openNew();
    await fill(page, "1", "broken()", "3");
    await page.keyboard.press("Control+F9");
    await cellOf(page, 3).getByText("[AIPython] Run All stopped at In [2]").waitFor();
    assert.deepEqual(await prompts(page), ["In [1]:", "In [2]:", "In [ ]:"]);
    await choose(page, "Run all, go on after errors");
    await cellOf(page, 3).getByText("Out[5]:").waitFor();
    assert.deepEqual(await prompts(page), ["In [3]:", "In [4]:", "In [5]:"]);
    await cellOf(page, 2).getByText("failed").waitFor();
    await page.keyboard.press("Control+Shift+F9");
    await cellOf(page, 3).getByText("Out[8]:").waitFor();
    await page.close();
  });

  for (const [how, key] of [["Run all", "Control+F9"], ["requests of their own", "Control+Shift+F9"]]) {
    await t.step(`after a refused key no further cell is asked: ${how}`, async () => {
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
        "run all, go on after errors",
        "run all above the cell",
        "run the cell and below",
        "restart; “More ways to run” can run all then, too",
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
