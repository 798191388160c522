/**
 * The settings panel: use by keyboard, the handling of keys, and the state that opens it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { answer, result, stdout } from "../../../test/support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, noFaults, openSite, promptIs, run } from "./open_site.ts";

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

browserTest("a person sets up a model in the settings panel", async (t) => {
  let isRefusing = false;
  // The reply repeats the received key, as some servers do.
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
  await t.step("a model is set up by keyboard: base URL, key, model, test and save", async () => {
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

  await t.step("a key is not kept for another address", async () => {
    await page.keyboard.press("Enter");
    await page.getByText("The stored key is sent.").waitFor();
    await page.getByLabel(`API key for ${origin}`).fill("sk-typed-for-this-server");
    await page.getByLabel("base URL").fill("https://other.example/v1");
    assert.equal(await page.getByLabel("API key for https://other.example").inputValue(), "");
    await page.getByText("No key is stored for it.").waitFor();
    await page.keyboard.press("Escape");
  });

  await t.step("a refused key is shown as the runtime's state, which opens the settings", async () => {
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

  await t.step("the key was in no response, no WebSocket frame and no file except its own", async () => {
    await page.close();
    const texts = await Promise.all(heard);
    assert.ok(texts.some((text) => text.includes("/api/settings/check")) && texts.length > 50);
    assert.ok(
      texts.some((text) => text.includes("refused the API key")),
      "the notebook's WebSocket frames are recorded",
    );
    for (const text of texts) assert.ok(!text.includes(KEY), text.slice(0, 500));
    for await (const { name, isFile } of Deno.readDir(site.dataDir)) {
      if (isFile) assert.ok(!(await Deno.readTextFile(join(site.dataDir, name))).includes(KEY), name);
    }
  });

  await t.step("no page reported an error", () => noFaults(open));
});
