/**
 * The page without a mouse: Jupyter's keys, and access to everything else by keyboard.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { answer, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  modelFrom,
  noFaults,
  openSite,
  PATIENCE_MS,
  promptIs,
  sources,
} from "./open_site.ts";

const scripts = { "endless()": answer(stdout("begun\n"), gate("never")) };

/** Presses keys one after the other. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Types into the cell that is being edited and returns to command mode. */
async function write(page: Page, code: string): Promise<void> {
  await page.keyboard.insertText(code);
  await press(page, "Escape");
}

/** Returns the number of the selected cell, from 1. */
const selected = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.findIndex((cell) => (cell as HTMLElement).dataset.selected !== undefined) + 1
  );

/** Waits until the cells have these texts, because the effect of a key is visible a moment later. */
async function cellsAre(page: Page, ...expected: string[]): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  while (!isDeepStrictEqual(await sources(page), expected)) {
    if (deadline.aborted) return assert.deepEqual(await sources(page), expected);
  }
}

browserTest("using the page by keyboard", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("the keyboard leads from the home page to a first output", async () => {
    const page = await open.open();
    await page.getByRole("heading", { name: "Begin with an example" }).waitFor();
    await press(page, "Tab");
    assert.equal(await page.locator(":focus").innerText(), "New notebook");
    await press(page, "Enter");
    await page.locator(".cell .cm-focused").waitFor();
    await page.keyboard.type("6 * 7");
    await press(page, "Shift+Enter");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await page.close();
  });

  const page = await open.openNew();

  await t.step("a and b add cells, arrows, j and k select a cell, and Enter edits it", async () => {
    await write(page, "one");
    await press(page, "b", "Enter");
    await write(page, "three");
    await press(page, "a", "Enter");
    await write(page, "two");
    await cellsAre(page, "one", "two", "three");
    assert.equal(await selected(page), 2);
    await press(page, "ArrowDown", "ArrowDown", "ArrowDown");
    assert.equal(await selected(page), 3);
    await press(page, "k", "ArrowUp", "j");
    assert.equal(await selected(page), 2);
  });

  await t.step("arrows leave an editor only at its first and last line", async () => {
    await press(page, "Enter", "End", "Enter");
    await page.keyboard.insertText("more");
    await press(page, "ArrowUp", "ArrowUp");
    assert.equal(await selected(page), 1);
    await page.locator(".cell[data-editing] .cm-focused").waitFor();
    await press(page, "ArrowDown");
    assert.equal(await selected(page), 2);
    await press(page, "ControlOrMeta+a");
    await write(page, "two");
  });

  await t.step("Alt with an arrow moves a cell, d d deletes it, and z restores it", async () => {
    await press(page, "Alt+ArrowUp");
    await cellsAre(page, "two", "one", "three");
    await press(page, "Alt+ArrowDown");
    await cellsAre(page, "one", "two", "three");
    await press(page, "d", "j", "d", "k");
    await cellsAre(page, "one", "two", "three");
    await press(page, "d", "d");
    await cellsAre(page, "one", "three");
    assert.equal(await selected(page), 2);
    await press(page, "z");
    await cellsAre(page, "one", "two", "three");
  });

  await t.step("m makes a cell Markdown, Shift+Enter renders it, Enter edits it, and y makes it code", async () => {
    await press(page, "m", "Enter");
    await press(page, "ControlOrMeta+a");
    await page.keyboard.insertText("# A heading");
    await press(page, "Shift+Enter");
    await cellOf(page, 2).getByRole("heading", { name: "A heading" }).waitFor();
    assert.equal(await selected(page), 3);
    await press(page, "k", "Enter");
    await cellOf(page, 2).locator(".cm-focused").waitFor();
    await press(page, "Escape", "y");
    await cellsAre(page, "one", "# A heading", "three");
  });

  await t.step(
    "Ctrl+Enter runs a cell, Alt+Enter also adds a cell, and Shift+Enter selects the next",
    async () => {
      await press(page, "k", "Control+Enter");
      await promptIs(page, 1, /In \[1\]/);
      assert.equal(await selected(page), 1);
      await press(page, "Meta+Enter");
      await promptIs(page, 1, /In \[2\]/);
      await press(page, "Alt+Enter");
      await cellsAre(page, "one", "", "# A heading", "three");
      await promptIs(page, 1, /In \[3\]/);
      await press(page, "Escape", "d", "d", "k", "Shift+Enter");
      await promptIs(page, 1, /In \[4\]/);
      assert.equal(await selected(page), 2);
      await press(page, "Enter", "Control+Enter");
      await promptIs(page, 2, /In \[5\]/);
      assert.equal(await cellOf(page, 2).locator(".cm-focused").count(), 1);
      await press(page, "Escape");
    },
  );

  await t.step("i i interrupts a running cell", async () => {
    const number = model.requests.length;
    await press(page, "b", "Enter");
    await page.keyboard.insertText("endless()");
    await press(page, "Control+Enter", "Escape");
    await cellOf(page, 3).getByText("begun").waitFor();
    await press(page, "i", "i");
    await model.disconnected(number);
    await page.locator(".cell.running").waitFor({ state: "detached" });
    await press(page, "d", "d");
  });

  await t.step("keys are still commands after a button was clicked", async () => {
    await cellOf(page, 1).getByRole("button", { name: "Run this cell" }).click();
    await press(page, "b");
    await cellsAre(page, "one", "", "# A heading", "three");
    await press(page, "d", "d");
    await cellsAre(page, "one", "# A heading", "three");
  });

  await t.step("Ctrl+S does not save the page's HTML", async () => {
    await press(page, "Enter", "End");
    await page.keyboard.insertText("!");
    assert.equal(
      await page.evaluate(() => {
        const event = new KeyboardEvent("keydown", { key: "s", ctrlKey: true, cancelable: true, bubbles: true });
        return document.activeElement!.dispatchEvent(event);
      }),
      false,
    );
    await press(page, "Escape");
  });

  await t.step("? shows the list of keys, and Esc closes it and returns the focus to the notebook", async () => {
    await press(page, "?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await press(page, "b", "Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await press(page, "j", "k");
    assert.equal(await selected(page), 2);
    await cellsAre(page, "one", "# A heading!", "three");
  });

  await t.step("the toolbar is a single tab stop, and arrows move along it", async () => {
    await page.getByRole("textbox", { name: "Title" }).focus();
    await press(page, "Tab");
    assert.equal(await page.locator(":focus").getAttribute("aria-haspopup"), "dialog");
    await press(page, "Tab");
    const toolbar = page.getByRole("toolbar", { name: "Notebook" });
    assert.equal(await toolbar.locator(":focus").count(), 1);
    await press(page, "Home", "ArrowRight", "ArrowRight");
    assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Run all");
    await press(page, "End");
    assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Keys");
    await press(page, "Tab");
    assert.equal(await toolbar.locator(":focus").count(), 0);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
