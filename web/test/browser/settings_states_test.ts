/**
 * The runtime's state, the settings panel, and other tabs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, gate, result } from "../../../test/support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

/** Refusals of a model server that other settings can fix: the cell's code, the shown state and the reply. */
const refusals: [code: string, word: string, script: Script][] = [
  ["refused()", "key refused", { status: 401, body: { error: { message: "Incorrect API key provided" } } }],
  ["broke()", "no credit", { status: 402, body: { error: { message: "Insufficient Balance" } } }],
  [
    "quota()",
    "limit reached",
    { status: 429, body: { error: { code: "insufficient_quota", message: "You exceeded your current quota." } } },
  ],
  [
    "unknown()",
    "not found",
    { status: 404, body: { error: { code: "model_not_found", message: "The model `scripted` does not exist" } } },
  ],
];

browserTest("the runtime's state and the settings in several tabs", async (t) => {
  const scripts = { ...Object.fromEntries(refusals.map(([code, , script]) => [code, script])) };
  await using model = await startScriptedModel(
    answersByCode(
      { ...scripts, "slow()": answer(gate("slow"), result("1")), "2 + 3": answer(gate("never")) },
      answer(result("42")),
    ),
  );
  const { OPENAI_BASE_URL } = modelFrom(model);
  await using open = await openSite({ environment: { OPENAI_BASE_URL } });
  const page = await open.openNew();
  let number = 0;

  for (const [code, word] of refusals) {
    await t.step(`the runtime's state is "${word}" after a refusal and ready after the next answer`, async () => {
      await run(page, code);
      await page.locator(".chip[data-kind=bad]", { hasText: word }).waitFor();
      await promptIs(page, ++number, /failed/);
      await run(page, "fine()");
      await page.locator(".chip[data-kind=ready]", { hasText: "ready" }).waitFor();
      number++;
    });
  }

  await t.step("a model error is wrapped in a narrow window, and its advice is visible", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    const error = cellOf(page, 1).locator(".traceback");
    await error.getByText("Set OPENAI_API_KEY").waitFor();
    const [inner, outer] = await error.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    assert.ok(inner <= outer, `${inner} > ${outer}`);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await t.step("a value from the environment is shown with its variable and cannot be changed", async () => {
    await page.getByRole("button", { name: "ready: settings of the model" }).click();
    const address = page.getByLabel("base URL");
    assert.equal(await address.inputValue(), model.baseUrl);
    assert.equal(await address.isEditable(), false);
    await page.getByText("Set by OPENAI_BASE_URL, which overrides this panel.").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("cancelling a test of the settings aborts its request", async () => {
    await page.getByRole("button", { name: "ready: settings of the model" }).click();
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await model.reached("never");
    await page.getByRole("button", { name: "Cancel the test" }).click();
    await page.getByText("The test was cancelled.").waitFor();
    await model.disconnected(model.requests.length - 1);
    await page.getByRole("button", { name: "Test", exact: true }).waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("saving waits for a running cell, and then every tab shows the new model", async () => {
    const other = await open.open(new URL(page.url()).pathname);
    await other.locator(".chip[data-kind=ready]").waitFor();
    await cellOf(page, ++number).locator(".cm-content").click();
    await run(page, "slow()");
    await model.reached("slow");
    await page.getByRole("button", { name: "running: settings of the model" }).click();
    await page.getByLabel("model", { exact: true }).fill("another");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved. Agents restart").waitFor();
    await page.keyboard.press("Escape");
    model.open("slow");
    for (const each of [page, other]) {
      await each.locator(".chip", { hasText: "simulated by another" }).waitFor();
      await cellOf(each, number).getByText("Out[").waitFor();
    }
    await cellOf(page, number + 1).locator(".cm-content").click();
    await run(page, "fine()");
    await cellOf(page, number + 1).getByText("42").waitFor();
    assert.equal(model.requests.at(-1)!.body.model, "another");
  });

  await t.step("no page reported an error", () => noFaults(open));
});
