/**
 * Typing beside outputs in frames that try to take the focus.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";
import { hasCursor, textIs } from "./typing.ts";

/** HTML that repeatedly takes the focus by a script. */
const GRABBING = `<input id="field"><script>setInterval(() => document.getElementById("field").focus(), 20)</script>`;

/** HTML that takes the focus by a dialog, without a call of `focus()`. */
const DIALOG =
  `<p style="height: 200px">Asks</p><dialog id="dialog"><input id="field"></dialog><script>document.getElementById("dialog").showModal()</script>`;

/** HTML that takes the focus by a method that the frame cannot prevent. */
const FORM = `<form id="form"><input id="field" required></form><script>
    addEventListener("focusin", () => document.documentElement.dataset.hadFocus = "");
    document.getElementById("form").reportValidity();
  </script>`;

const scripts = {
  "fill()": answer(display({ "text/html": FORM, "text/plain": "a form" })),
  "grab()": answer(display({ "text/html": GRABBING, "text/plain": "a form" })),
  "ask()": answer(display({ "text/html": DIALOG, "text/plain": "a dialog" })),
};

/** Waits for the moment that a person needs to move from the keyboard to the mouse, clicks into a field of a frame, and types. */
async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await page.waitForTimeout(500);
  await field.click();
  await page.keyboard.type(text);
  await field.evaluate(async (field: HTMLInputElement, text) => {
    while (field.value !== text) await new Promise((resolve) => setTimeout(resolve, 20));
  }, text);
}

browserTest("typing beside frames", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("an editor keeps the focus while a frame requests it, and a click gives it to the frame", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("grab()");
    await one.keyboard.press("Control+Enter");
    await cellOf(one, 1).frameLocator("iframe").locator("#field").waitFor();
    await one.keyboard.type(" # still here, letter by letter, for longer than a frame waits", { delay: 10 });
    await textIs(one, 1, "grab() # still here, letter by letter, for longer than a frame waits");
    assert.ok(await hasCursor(one, 1));
    await typeInto(one, cellOf(one, 1).frameLocator("iframe").locator("#field"), "written");
    await one.close();
  });

  await t.step("an editor keeps the focus while an output opens a dialog, and a click moves it there", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("ask()");
    await one.keyboard.press("Control+Enter");
    const dialog = cellOf(one, 1).frameLocator("iframe").locator("#dialog");
    await dialog.and(cellOf(one, 1).frameLocator("iframe").locator("[open]")).waitFor({ state: "attached" });
    await one.keyboard.type(" # and here", { delay: 20 });
    await textIs(one, 1, "ask() # and here");
    await typeInto(one, dialog.locator("#field"), "in the dialog");
    await one.close();
  });

  await t.step("an editor gets the focus back from a frame that has taken it", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("fill()");
    await one.keyboard.press("Control+Enter");
    const field = cellOf(one, 1).frameLocator("iframe").locator("#field");
    await cellOf(one, 1).frameLocator("iframe").locator("html[data-had-focus]").waitFor();
    await one.waitForFunction(() => document.activeElement!.closest(".cm-editor") !== null);
    await one.keyboard.type(" # typed");
    await textIs(one, 1, "fill() # typed");
    await typeInto(one, field, "filled in");
    await one.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
