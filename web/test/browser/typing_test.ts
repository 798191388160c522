/**
 * Typing: no event elsewhere in the notebook takes a letter, the cursor or the undo history from the person who types.
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

/** HTML that repeatedly takes the focus by a script. */
const GRABBING = `<input id="field"><script>setInterval(() => document.getElementById("field").focus(), 20)</script>`;

/** HTML that takes the focus by a dialog, without a script asking for it. */
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

/** Returns the text of a cell's editor. */
const textOf = (page: Page, number: number) =>
  cellOf(page, number).locator(".cm-content").evaluate((content) => (content as HTMLElement).innerText.trimEnd());

/** Waits until a cell's editor shows this text. */
async function textIs(page: Page, number: number, text: string): Promise<void> {
  await page.waitForFunction(({ number, text }) => {
    const content = document.querySelectorAll(".cell")[number - 1]?.querySelector<HTMLElement>(".cm-content");
    return content?.innerText.trimEnd() === text;
  }, { number, text });
}

/** Whether the cursor is in a cell's editor. */
const hasCursor = async (page: Page, number: number) =>
  await cellOf(page, number).locator(".cm-editor.cm-focused").count() === 1;

/** Opens a second tab with the notebook of the first, and waits for the same number of cells. */
async function openSecond(open: OpenSite, one: Page): Promise<Page> {
  const two = await open.open(new URL(one.url()).pathname);
  await two.locator(".cell").nth(await one.locator(".cell").count() - 1).waitFor();
  return two;
}

/** Adds a cell above the first one with a command. */
async function addAbove(page: Page): Promise<void> {
  await page.locator(".cell[data-cell]").first().focus();
  await page.keyboard.press("a");
}

/** Moves from the keyboard to the mouse, which takes a person a moment, clicks into a field of a frame, and types. */
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

  await t.step("continues in place while another tab adds, moves and deletes cells above", async () => {
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

  await t.step("can be undone in a cell below a new one", async () => {
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

  await t.step("continues after Ctrl-Enter", async () => {
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

  await t.step("stays after text that another tab inserts before it", async () => {
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

  await t.step("of two people in one cell keeps every letter of both, and both pages have the same text", async () => {
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

  await t.step("the arrows move by visual lines, and leave a cell at the last one", async () => {
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

  await t.step("the arrows move through the list of completions", async () => {
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
    // CodeMirror ignores keys for the list in its first moment, so that none meant for the text is lost.
    await one.waitForTimeout(100);
    await one.keyboard.press("ArrowDown");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(2)[aria-selected]").waitFor();
    await one.keyboard.press("ArrowUp");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(1)[aria-selected]").waitFor();
    assert.ok(await hasCursor(one, 2));
    await one.close();
  });

  await t.step("keeps the focus while an output's frame requests it, and a click gives it to the frame", async () => {
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

  await t.step("keeps the focus while a dialog opens in an output, and a click moves it into the dialog", async () => {
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

  await t.step("gets the focus back from a frame that has taken it anyway", async () => {
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
