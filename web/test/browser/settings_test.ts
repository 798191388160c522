/**
 * The settings panel: use by keyboard alone, the handling of keys, and the state that opens it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { answer, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

const KEY = "sk-entered-by-a-teacher-0123456789";

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement;
      const label = element.labels?.[0]?.textContent;
      return element.getAttribute("aria-label") ?? label ?? element.textContent ?? "";
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Records everything that the server sends to pages, and that pages send to the sync server. */
function listen(context: BrowserContext): Promise<string>[] {
  const heard: Promise<string>[] = [];
  context.on("response", (response) => {
    heard.push(
      (async () => {
        const headers = JSON.stringify(await response.allHeaders());
        return `${response.url()} ${headers} ${await response.text().catch(() => "")}`;
      })().catch(() => ""),
    );
  });
  context.on("page", (page) =>
    page.on("websocket", (socket) => {
      for (const event of ["framereceived", "framesent"] as const) {
        // deno-lint-ignore no-explicit-any -- the two events have the same payload, and no common overload
        socket.on(event as any, ({ payload }: { payload: string | Uint8Array }) =>
          heard.push(Promise.resolve(typeof payload === "string" ? payload : new TextDecoder().decode(payload))));
      }
    }));
  return heard;
}

const models = { body: { data: [{ id: "small" }, { id: "large", shutdown_date: "2027-03-01" }] } };

browserTest("a teacher sets up a model", async (t) => {
  let isRefusing = false;
  // It repeats the key that it receives, as servers do.
  const refusal = (key: unknown): Script => ({
    status: 401,
    headers: { "x-echo": String(key) },
    body: { error: { message: `Incorrect API key provided: ${key}`, code: "invalid_api_key" } },
  });
  await using model = await startScriptedModel(
    ({ headers, body }) => {
      if (isRefusing) return refusal(headers.authorization);
      const isCheck = JSON.stringify(body.messages.at(-1)).includes("2 + 3");
      return answer(stdout(isCheck ? "" : "hello\n"), result(isCheck ? "5" : "42"));
    },
    { models },
  );
  await using open = await openSite();
  const { context, site } = open;
  const heard = listen(context);
  const origin = new URL(model.baseUrl).origin;

  const page = await open.open();
  await t.step("by keyboard alone: address, key, model, test, save", async () => {
    await page.getByRole("button", { name: "New notebook" }).waitFor();
    await tabTo(page, /^Settings$/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Settings of the model" }).getByText("an offline stand-in answers")
      .waitFor();
    await tabTo(page, /^server$/);
    await page.keyboard.press("l");
    assert.match(await page.getByLabel("base URL").inputValue(), /^http:\/\/localhost:4000\/v1$/, "LiteLLM's address");
    await page.getByLabel("API key for http://localhost:4000").waitFor();
    await tabTo(page, /^base URL$/);
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(model.baseUrl);
    await tabTo(page, /^API key for http/);
    await page.keyboard.insertText(KEY);
    await tabTo(page, /^model$/);
    await page.keyboard.insertText("large");
    await tabTo(page, /^List models$/);
    await page.keyboard.press("Enter");
    await page.getByText("The server lists 2 models, of which 1 will be switched off.").waitFor();
    await page.getByText("large will be switched off on 2027-03-01.").waitFor();
    await tabTo(page, /^Test$/);
    await page.keyboard.press("Enter");
    await page.getByRole("log", { name: "What the test finds" }).getByText("2 + 3 gives Out: 5").waitFor();
    await page.getByRole("button", { name: "Test", exact: true }).waitFor();
    await tabTo(page, /^Save$/);
    await page.keyboard.press("Enter");
    await page.getByText("Saved. Agents restart with these settings").waitFor();
    await page.getByText(`A key is stored for ${origin}.`).waitFor();
    assert.equal(await page.getByLabel(`API key for ${origin}`).inputValue(), "");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" }).catch(() => {});
    assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), "Settings");
    await page.getByText("Here, large answers; nothing is executed.").waitFor();
  });

  await t.step("another address needs its own key", async () => {
    await page.keyboard.press("Enter");
    await page.getByText("The stored key is sent.").waitFor();
    await page.getByLabel(`API key for ${origin}`).fill("sk-typed-for-this-server");
    await page.getByLabel("base URL").fill("https://other.example/v1");
    assert.equal(await page.getByLabel("API key for https://other.example").inputValue(), "");
    await page.getByText("No key is stored for it.").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("a wrong key turns the state red, and the state opens the settings", async () => {
    await page.getByRole("button", { name: "New notebook" }).click();
    await page.locator(".chip[data-kind=ready]").waitFor();
    await page.locator(".cell.code .cm-focused").waitFor();
    await run(page, "first()");
    await promptIs(page, 1, /\[1\]/);
    assert.equal(model.requests.at(-1)!.headers.authorization, `Bearer ${KEY}`);
    isRefusing = true;
    await run(page, "second()");
    await page.locator(".chip[data-kind=bad]", { hasText: "key refused" }).waitFor();
    await page.getByRole("button", { name: "key refused: settings of the model" }).click();
    const dialog = page.getByRole("dialog", { name: "Settings of the model" });
    await dialog.getByRole("alert").filter({ hasText: "refused the API key (401)" }).waitFor();
  });

  await t.step("a key can be removed", async () => {
    await page.getByRole("button", { name: `Remove the key for ${origin}` }).click();
    await page.getByText(`The key for ${origin} is removed.`).waitFor();
    await page.getByText("No key is stored for it.").waitFor();
    await page.keyboard.press("Escape");
    isRefusing = false;
    await page.locator(".chip[data-kind=ready]").waitFor();
    await cellOf(page, 3).locator(".cm-content").click();
    await run(page, "third()");
    await promptIs(page, 3, /\[3\]/);
    assert.equal(model.requests.at(-1)!.headers.authorization, undefined);
    await page.locator(".chip[data-kind=ready]").waitFor();
  });

  await t.step("meanwhile the key was in no response, no frame, and no file except its own", async () => {
    await page.close();
    const texts = await Promise.all(heard);
    assert.ok(texts.some((text) => text.includes("/api/settings/check")) && texts.length > 50);
    assert.ok(texts.some((text) => text.includes("refused the API key")), "the notebook's frames are heard");
    for (const text of texts) assert.ok(!text.includes(KEY), text.slice(0, 500));
    for await (const { name, isFile } of Deno.readDir(site.dataDir)) {
      if (isFile) assert.ok(!(await Deno.readTextFile(join(site.dataDir, name))).includes(KEY), name);
    }
  });

  await t.step("no page reported an error", () => noFaults(open));
});

/** Refusals of servers that changed settings remedy. */
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

browserTest("the state of the runtime, and other tabs", async (t) => {
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
    await t.step(`${code} turns it red, and the next answered cell green`, async () => {
      await run(page, code);
      await page.locator(".chip[data-kind=bad]", { hasText: word }).waitFor();
      await promptIs(page, ++number, /failed/);
      await run(page, "fine()");
      await page.locator(".chip[data-kind=ready]", { hasText: "ready" }).waitFor();
      number++;
    });
  }

  await t.step("an error of the model is wrapped, and its advice is visible", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    const error = cellOf(page, 1).locator(".traceback");
    await error.getByText("Set OPENAI_API_KEY").waitFor();
    const [inner, outer] = await error.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    assert.ok(inner <= outer, `${inner} > ${outer}`);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await t.step("a value from the environment is shown with its variable, and cannot be changed", async () => {
    await page.getByRole("button", { name: "ready: settings of the model" }).click();
    const address = page.getByLabel("base URL");
    assert.equal(await address.inputValue(), model.baseUrl);
    assert.equal(await address.isEditable(), false);
    await page.getByText("Set by OPENAI_BASE_URL, which overrides this panel.").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("a test can be cancelled, which ends its request", async () => {
    await page.getByRole("button", { name: "ready: settings of the model" }).click();
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await model.reached("never");
    await page.getByRole("button", { name: "Cancel the test" }).click();
    await page.getByText("The test was cancelled.").waitFor();
    await model.disconnected(model.requests.length - 1);
    await page.getByRole("button", { name: "Test", exact: true }).waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("saving waits for a running cell, and every tab shows the new model", async () => {
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
