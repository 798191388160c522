/**
 * Typing: nothing that happens to the rest of the notebook takes a letter, the cursor or the way back from the person who types.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  modelFrom,
  noFaults,
  type OpenSite,
  openSite,
  promptIs,
  sources,
} from "./open_site.ts";

/** HTML that takes the focus by itself, again and again. */
const GRABBING = `<input id="field"><script>setInterval(() => document.getElementById("field").focus(), 20)</script>`;

/** HTML that takes the focus by a dialog, which no script has to ask for. */
const DIALOG =
  `<p style="height: 200px">Asks</p><dialog id="dialog"><input id="field"></dialog><script>document.getElementById("dialog").showModal()</script>`;

/** HTML that takes the focus by a method that nothing in the frame stops. */
const FORM = `<form id="form"><input id="field" required></form><script>
    addEventListener("focusin", () => document.documentElement.dataset.hadFocus = "");
    document.getElementById("form").reportValidity();
  </script>`;

const scripts = {
  "fill()": answer(display({ "text/html": FORM, "text/plain": "a form" })),
  "grab()": answer(display({ "text/html": GRABBING, "text/plain": "a form" })),
  "ask()": answer(display({ "text/html": DIALOG, "text/plain": "a dialog" })),
};

/** The text of a cell's editor. */
const textOf = (page: Page, number: number) =>
  cellOf(page, number).locator(".cm-content").evaluate((content) => (content as HTMLElement).innerText.trimEnd());

/** Waits until a cell's editor shows this. */
async function textIs(page: Page, number: number, text: string): Promise<void> {
  await page.waitForFunction(({ number, text }) => {
    const content = document.querySelectorAll(".cell")[number - 1]?.querySelector<HTMLElement>(".cm-content");
    return content?.innerText.trimEnd() === text;
  }, { number, text });
}

/** Whether the cursor is in a cell's editor. */
const hasCursor = async (page: Page, number: number) =>
  await cellOf(page, number).locator(".cm-editor.cm-focused").count() === 1;

/** A second tab on the notebook of the first, with as many cells. */
async function openSecond(open: OpenSite, one: Page): Promise<Page> {
  const two = await open.open(new URL(one.url()).pathname);
  await two.locator(".cell").nth(await one.locator(".cell").count() - 1).waitFor();
  return two;
}

/** Adds a cell above the first one, by a command. */
async function addAbove(page: Page): Promise<void> {
  await page.locator(".cell[data-cell]").first().focus();
  await page.keyboard.press("a");
}

/** Goes from the keys to the pointer, which takes a person a moment, clicks into a field of a frame, and types. */
async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await page.waitForTimeout(500);
  await field.click();
  await page.keyboard.type(text);
  await field.evaluate(async (field: HTMLInputElement, text) => {
    while (field.value !== text) await new Promise((resolve) => setTimeout(resolve, 20));
  }, text);
}

browserTest("typing", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("goes on where it was while another tab adds, moves and deletes cells above", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("first");
    const two = await openSecond(open, one);
    await textIs(two, 1, "first");
    await addAbove(two);
    await one.locator(".cell").nth(1).waitFor();
    await one.keyboard.type("dd");
    assert.deepEqual(await sources(one), ["", "firstdd"]);
    assert.ok(await hasCursor(one, 2));
    await two.keyboard.press("Alt+ArrowDown");
    await textIs(one, 1, "firstdd");
    await one.keyboard.type("ii");
    assert.deepEqual(await sources(one), ["firstddii", ""]);
    await two.keyboard.press("Alt+ArrowUp");
    await textIs(one, 2, "firstddii");
    await one.keyboard.type("mm");
    await textIs(one, 2, "firstddiimm");
    await two.keyboard.press("d");
    await two.keyboard.press("d");
    await one.locator(".cell").nth(1).waitFor({ state: "detached" });
    await one.keyboard.type("zz");
    await textIs(one, 1, "firstddiimmzz");
    assert.ok(await hasCursor(one, 1));
    await one.keyboard.press("ControlOrMeta+z");
    assert.notEqual(await textOf(one, 1), "firstddiimmzz");
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("can be undone in a cell below one that was added", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("below");
    await one.keyboard.press("Escape");
    await one.keyboard.press("a");
    await one.locator(".cell").nth(1).waitFor();
    await cellOf(one, 2).locator(".cm-content").click();
    await one.keyboard.press("ControlOrMeta+z");
    await textIs(one, 2, "");
    await one.keyboard.press("ControlOrMeta+Shift+z");
    await textIs(one, 2, "below");
    await one.close();
  });

  await t.step("goes on after Ctrl-Enter", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("6 * 7");
    await one.keyboard.press("Control+Enter");
    await one.keyboard.type(" # the question is still typed while the cell runs", { delay: 15 });
    await promptIs(one, 1, /In \[1\]/);
    await one.keyboard.press("Control+Enter");
    await one.keyboard.type(" and again", { delay: 15 });
    await promptIs(one, 1, /In \[2\]/);
    await textIs(one, 1, "6 * 7 # the question is still typed while the cell runs and again");
    await one.close();
  });

  await t.step("stays behind what another tab writes before it", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("end");
    const two = await openSecond(open, one);
    await textIs(two, 1, "end");
    await cellOf(two, 1).locator(".cm-content").click();
    await two.keyboard.press("Home");
    await two.keyboard.type("start ");
    await textIs(one, 1, "start end");
    await one.keyboard.type("!");
    await textIs(two, 1, "start end!");
    await two.keyboard.press("Control+Shift+End");
    await two.keyboard.press("Delete");
    await textIs(one, 1, "start");
    await one.keyboard.press("ControlOrMeta+z");
    assert.equal(await textOf(one, 1), "start", "one's undo does not bring back what two has deleted");
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("of two people in one cell leaves every letter of both, and the same text on both pages", async () => {
    const one = await open.openNew();
    await one.keyboard.insertText("=");
    const two = await openSecond(open, one);
    await textIs(two, 1, "=");
    await cellOf(two, 1).locator(".cm-content").click();
    const [ones, twos] = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    let expected = "=";
    const rounds = [[26, 37, 53], [8, 330, 350], [16, 120, 310]];
    for (const [count, delayOne, delayTwo] of rounds) {
      await two.keyboard.press("Home");
      await Promise.all([
        one.keyboard.type(ones.slice(0, count), { delay: delayOne }),
        two.keyboard.type(twos.slice(0, count), { delay: delayTwo }),
      ]);
      expected = twos.slice(0, count) + expected + ones.slice(0, count);
      await textIs(one, 1, expected);
      await textIs(two, 1, expected);
    }
    await one.reload();
    await textIs(one, 1, expected);
    await Promise.all([one.close(), two.close()]);
  });

  await t.step("goes by lines as they are seen with the arrows, and leaves a cell at the last of them", async () => {
    const one = await open.openNew();
    await one.keyboard.press("Escape");
    await one.keyboard.press("m");
    await one.keyboard.press("b");
    await one.keyboard.press("k");
    await one.keyboard.press("Enter");
    await cellOf(one, 1).locator(".cm-focused").waitFor();
    await one.keyboard.insertText("words and words ".repeat(40).trim());
    const lines = await cellOf(one, 1).locator(".cm-line").evaluate((line) =>
      Math.round(line.clientHeight / parseFloat(getComputedStyle(line).lineHeight))
    );
    assert.ok(lines > 2, `${lines} lines`);
    await one.keyboard.press("ControlOrMeta+Home");
    for (let line = 1; line < lines; line++) await one.keyboard.press("ArrowDown");
    assert.ok(await hasCursor(one, 1));
    await one.keyboard.press("ArrowUp");
    assert.ok(await hasCursor(one, 1));
    await one.keyboard.press("ArrowDown");
    await one.keyboard.press("ArrowDown");
    await cellOf(one, 2).locator(".cm-focused").waitFor();
    await one.close();
  });

  await t.step("goes through the list of completions with the arrows", async () => {
    const one = await open.openNew();
    await one.keyboard.type("pri");
    await one.keyboard.press("Escape");
    await one.keyboard.press("b");
    await one.keyboard.press("Enter");
    await cellOf(one, 2).locator(".cm-focused").waitFor();
    await one.keyboard.type("is");
    await one.keyboard.press("Control+Space");
    const options = cellOf(one, 2).locator(".cm-tooltip-autocomplete li");
    await options.nth(1).waitFor();
    // CodeMirror takes no key for the list in its first moment, lest one that was meant for the text is taken.
    await one.waitForTimeout(100);
    await one.keyboard.press("ArrowDown");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(2)[aria-selected]").waitFor();
    await one.keyboard.press("ArrowUp");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(1)[aria-selected]").waitFor();
    assert.ok(await hasCursor(one, 2));
    await one.close();
  });

  await t.step("keeps the focus while an output's frame asks for it, and a click gives it to the frame", async () => {
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

  await t.step("keeps the focus while a dialog opens in an output, and a click goes into the dialog", async () => {
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

  await t.step("gets the focus back from a frame that has taken it all the same", async () => {
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

  await t.step("nothing went wrong unseen", () => noFaults(open));
});
