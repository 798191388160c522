/**
 * One notebook in several tabs, over reloads and restarts of the agent and of the whole server.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../../src/agent.ts";
import { DisplacedError } from "../../../src/errors.ts";
import { silentLogger } from "../../../src/logger.ts";
import { answer, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { startTestSite } from "../server/test_site.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  modelFrom,
  noFaults,
  openSite,
  promptIs,
  run,
  sources,
} from "./open_site.ts";

const scripts = {
  "shared()": answer(stdout("first\n"), gate("shared"), stdout("last\n")),
  "reloaded()": answer(stdout("begun\n"), gate("reloaded"), result("'over'")),
  "orphaned()": answer(stdout("begun\n"), gate("never")),
};

browserTest("a notebook in several tabs", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const one = await open.openNew();
  const { pathname: path } = new URL(one.url());

  await t.step("both tabs show the same cells, states, growing outputs and title", async () => {
    const two = await open.open(path);
    await two.locator(".cell").first().waitFor();
    await run(one, "shared()");
    await cellOf(two, 1).getByText("first").waitFor();
    await promptIs(two, 1, /In \[\*\]/);
    model.open("shared");
    await cellOf(two, 1).getByText("last").waitFor();
    await promptIs(two, 1, /In \[1\]/);
    await one.getByLabel("Title").fill("Shared");
    await one.keyboard.press("Enter");
    await two.waitForFunction(() => document.title.startsWith("Shared"));
    await two.close();
  });

  await t.step("a person can run and delete cells that another person has typed", async () => {
    const two = await open.open(path);
    await two.locator(".cell").nth(1).waitFor();
    await one.locator(".cm-content").last().click();
    await one.keyboard.insertText("6 * 7");
    await cellOf(two, 2).locator(".cm-content", { hasText: "6 * 7" }).waitFor();
    await cellOf(two, 2).getByRole("button", { name: "Run this cell" }).click();
    await cellOf(one, 2).getByText("Out[2]:").waitFor();
    await two.locator(".cell[data-cell]").first().focus();
    await two.keyboard.press("d");
    await two.keyboard.press("d");
    await one.locator(".cell").nth(1).waitFor({ state: "detached" });
    assert.deepEqual(await sources(one), ["6 * 7"]);
    await two.close();
  });

  await t.step("a page that is reloaded during a cell shows the running cell and its end", async () => {
    await one.locator(".cm-content").first().click();
    await one.keyboard.press("ControlOrMeta+a");
    await run(one, "reloaded()");
    await cellOf(one, 1).getByText("begun").waitFor();
    await one.reload();
    await promptIs(one, 1, /In \[\*\]/);
    await cellOf(one, 1).getByText("begun").waitFor();
    model.open("reloaded");
    await cellOf(one, 1).getByText("'over'").waitFor();
  });

  await t.step(
    "an agent's restart leaves no cell running, and the next cell runs",
    async () => {
      await one.locator(".cm-content").first().click();
      await one.keyboard.press("ControlOrMeta+a");
      const number = model.requests.length;
      await run(one, "orphaned()");
      await cellOf(one, 1).getByText("begun").waitFor();
      const restarted = await open.site.ask(`/api${path}/runtime`, { method: "POST" });
      assert.equal((await restarted.json()).state, "ready");
      await model.disconnected(number);
      await one.locator(".cell.running").waitFor({ state: "detached" });
      await one.locator(".cm-content").last().click();
      await one.keyboard.press("ControlOrMeta+a");
      await run(one, "6 * 7");
      await cellOf(one, 2).getByText("Out[").waitFor();
    },
  );

  await t.step(
    "another runtime can take over the notebook, and a restart takes it back",
    async () => {
      const agent = new AIPythonAgent({
        notebookId: path.split("/")[2],
        syncUrl: open.site.syncUrl,
        authToken: await Deno.readTextFile(`${open.site.dataDir}/sync_token`),
        apiKey: "key",
        baseUrl: model.baseUrl,
        model: "another",
        logger: silentLogger,
      });
      await agent.start();
      const displaced = assert.rejects(agent.keepAlive(), DisplacedError);
      await run(one, "7 * 6");
      await cellOf(one, 3).getByText("Out[").waitFor();
      assert.equal(model.requests.at(-1)!.body.model, "another");
      await one.getByRole("alert").getByText("Another runtime has taken this notebook over").waitFor();
      await one.getByRole("button", { name: "Restart" }).click();
      await displaced;
      await agent.shutdown();
      await one.locator(".chip[data-kind=ready]").waitFor();
      await one.locator(".cm-content").last().click();
      await run(one, "8 * 6");
      await cellOf(one, 4).getByText("Out[").waitFor();
      assert.equal(model.requests.at(-1)!.body.model, "scripted");
    },
  );

  await t.step("no page reported an error", () => noFaults(open));
});

browserTest("a page reconnects after its server has restarted and keeps the changes made meanwhile", async () => {
  await using model = await startScriptedModel(answer(result("42")));
  const dataDir = await Deno.makeTempDir({ prefix: "notebook-site-" });
  try {
    await using open = await openSite({ environment: modelFrom(model), dataDir });
    const page = await open.openNew();
    await run(page, "6 * 7");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    const port = Number(new URL(open.site.url).port);
    await open.site[Symbol.asyncDispose]();
    await page.getByRole("alert").getByText("There is no connection to the server").waitFor();
    await page.keyboard.insertText("7 * 6");
    await using _again = await startTestSite({ environment: modelFrom(model), dataDir, port });
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.keyboard.press("Shift+Enter");
    await cellOf(page, 2).getByText("Out[2]:").waitFor();
    await page.getByRole("link", { name: "All notebooks" }).click();
    await page.getByRole("link", { name: /Untitled/ }).waitFor();
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
