/**
 * Jupyter's cell commands: select, cut, copy, paste, merge, split, hide and number several cells, by keyboard and mouse, and with
 * two people in one notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, display, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { comesTo, fill, press, texts } from "./cells_by_hand.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";

const scripts = {
  "shown()": answer(stdout("out\n"), display({ "text/markdown": "**bold**" }), result("42")),
  "endless()": answer(stdout("begun\n"), gate("never")),
};

const cellsAre = (page: Page, ...expected: string[]) => comesTo(() => texts(page), expected);

/** Returns the numbers of the selected cells, from 1. */
const marked = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.flatMap((cell, index) => {
      const { marked, selected } = (cell as HTMLElement).dataset;
      return marked !== undefined || selected !== undefined ? [index + 1] : [];
    })
  );

const markedAre = (page: Page, ...expected: number[]) => comesTo(() => marked(page), expected);

const says = (page: Page, text: string) =>
  page.getByRole("status").getByText(text).first().waitFor({ state: "attached" });

/** Chooses an item of the menu for selected cells. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Edit cells" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

browserTest("commands for several cells", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("1"))));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("Shift and arrows or J and K select cells, Esc selects one, and a screen reader hears it", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three", "four");
    await press(page, "Shift+ArrowUp");
    await markedAre(page, 3, 4);
    await says(page, "2 cells selected.");
    await page.getByRole("article", { name: "Code cell 3 of 4, selected" }).waitFor();
    await press(page, "Shift+K");
    await markedAre(page, 2, 3, 4);
    await press(page, "Shift+J", "Shift+ArrowDown");
    await markedAre(page, 4);
    await press(page, "Shift+Home");
    await markedAre(page, 1, 2, 3, 4);
    await press(page, "Escape");
    await markedAre(page, 1);
    await press(page, "Shift+End");
    await markedAre(page, 1, 2, 3, 4);
    await press(page, "ArrowUp");
    await markedAre(page, 3);
    await press(page, "Control+a");
    await markedAre(page, 1, 2, 3, 4);
    await page.close();
  });

  await t.step("commands apply to all selected cells: delete, move, change type, run; and z undoes each", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three", "four");
    await press(page, "k", "Shift+ArrowUp", "Alt+ArrowUp");
    await cellsAre(page, "two", "three", "one", "four");
    await press(page, "Control+Shift+ArrowDown", "Control+Shift+ArrowDown");
    await cellsAre(page, "one", "four", "two", "three");
    await markedAre(page, 3, 4);
    await press(page, "z", "z", "z");
    await cellsAre(page, "one", "two", "three", "four");
    await press(page, "Shift+ArrowUp");
    await markedAre(page, 1, 2, 3);
    await press(page, "m");
    await comesTo(() => page.locator(".cell.text").count(), 3);
    await press(page, "z");
    await comesTo(() => page.locator(".cell.code").count(), 4);
    await press(page, "j", "Shift+ArrowDown", "Control+Enter");
    await promptIs(page, 3, /In \[2\]/);
    await markedAre(page, 2, 3);
    await press(page, "Shift+Enter");
    await promptIs(page, 3, /In \[4\]/);
    await markedAre(page, 4);
    await press(page, "k", "Shift+k", "d", "d");
    await cellsAre(page, "one", "four");
    await markedAre(page, 2);
    await press(page, "z");
    await cellsAre(page, "one", "two", "three", "four");
    await cellOf(page, 3).getByText("Out[4]:").waitFor();
    await page.close();
  });

  await t.step("x, c, v and V cut, copy and paste cells with type and outputs, here and in another tab", async () => {
    const page = await open.openNew();
    await fill(page, "shown()", "# text", "last");
    await press(page, "k", "m", "Shift+Enter", "k", "k", "Control+Enter");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "Shift+j", "c");
    await says(page, "2 cells copied.");
    await press(page, "v");
    await cellsAre(page, "shown()", "text", "shown()", "text", "last");
    await cellOf(page, 3).locator(".outputs").getByText("42").waitFor();
    await cellOf(page, 3).locator("strong", { hasText: "bold" }).waitFor();
    await markedAre(page, 4);
    await press(page, "z");
    await cellsAre(page, "shown()", "text", "last");

    const other = await open.openNew();
    await press(other, "Escape", "Shift+V");
    await cellsAre(other, "shown()", "text", "");
    await cellOf(other, 1).locator(".outputs").getByText("42").waitFor();
    assert.equal(await cellOf(other, 1).getByText("Out[").count(), 0);
    await press(other, "k", "x");
    await says(other, "1 cell cut.");
    await cellsAre(other, "text", "");
    await press(other, "v");
    await cellsAre(other, "text", "shown()", "");
    await other.close();

    await page.bringToFront();
    await press(page, "v");
    await cellsAre(page, "shown()", "text", "shown()", "last");
    await page.close();
  });

  await t.step("the system's clipboard gets the text, and text that is copied elsewhere becomes a cell", async () => {
    const page = await open.openNew();
    await fill(page, "a = 1", "b = 2");
    await press(page, "Control+a", "Control+c");
    await says(page, "2 cells copied.");
    await page.getByRole("textbox", { name: "Title" }).fill("");
    await page.getByRole("textbox", { name: "Title" }).press("Control+v");
    assert.equal(await page.getByRole("textbox", { name: "Title" }).inputValue(), "a = 1  b = 2");
    await page.getByRole("textbox", { name: "Title" }).fill("print(1)");
    await press(page, "Control+a", "Control+x");
    await cellOf(page, 2).focus();
    await press(page, "Control+v");
    await cellsAre(page, "a = 1", "b = 2", "print(1)");
    await press(page, "Control+x");
    await cellsAre(page, "a = 1", "b = 2");
    await press(page, "Control+v", "Control+v");
    await cellsAre(page, "a = 1", "b = 2", "print(1)", "print(1)");
    await page.close();
  });

  await t.step("Shift and a click select cells; a click selects one", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three");
    await cellOf(page, 1).locator(".cm-content").click({ modifiers: ["Shift"] });
    await markedAre(page, 1, 2, 3);
    assert.equal(await page.locator(".cm-focused").count(), 0);
    await cellOf(page, 2).locator(".cm-content").click();
    await markedAre(page, 2);
    await cellOf(page, 3).locator(".cell-prompt").click({ modifiers: ["Shift"] });
    await markedAre(page, 2, 3);
    await page.close();
  });

  await t.step(
    "Shift+M merges the selected cells, or the cell with the one below, and z separates them again",
    async () => {
      const page = await open.openNew();
      await fill(page, "one", "shown()", "three");
      await press(page, "k", "Control+Enter");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await press(page, "k", "Shift+M");
      await cellsAre(page, "one\n\nshown()", "three");
      await press(page, "Shift+j", "Shift+M");
      await cellsAre(page, "one\n\nshown()\n\nthree");
      await press(page, "Shift+M");
      await says(page, "There is no cell below to merge with.");
      await press(page, "z");
      await cellsAre(page, "one\n\nshown()", "three");
      await press(page, "z");
      await cellsAre(page, "one", "shown()", "three");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await page.close();
    },
  );

  await t.step("a running cell is not merged, and the page says why", async () => {
    const page = await open.openNew();
    await fill(page, "one", "endless()");
    await press(page, "Control+Enter");
    await cellOf(page, 2).getByText("begun").waitFor();
    await press(page, "k", "Shift+M");
    await page.locator(".news").getByText("Nothing was merged: cell 2 waits or runs.").waitFor();
    await cellsAre(page, "one", "endless()");
    await press(page, "i", "i");
    await page.locator(".cell.running").waitFor({ state: "detached" });
    await press(page, "Shift+M");
    await cellsAre(page, "one\n\nendless()");
    await page.close();
  });

  await t.step(
    "Ctrl+Shift+- splits a cell at the cursor, or at both ends of its selected text, and z undoes it",
    async () => {
      const page = await open.openNew();
      await fill(page, "a = 1\nb = 2\nshown()");
      await press(page, "Control+Enter");
      await cellOf(page, 1).getByText("Out[1]:").waitFor();
      await press(page, "Enter", "Control+Home", "ArrowDown", "Control+Shift+Minus");
      await cellsAre(page, "a = 1", "b = 2\nshown()");
      await cellOf(page, 2).getByText("Out[1]:").waitFor();
      await cellOf(page, 2).locator(".cm-focused").waitFor();
      await press(page, "Escape", "z");
      await cellsAre(page, "a = 1\nb = 2\nshown()");
      await press(page, "Enter", "Control+Home", "ArrowDown", "Shift+End", "Control+Shift+Minus");
      await cellsAre(page, "a = 1", "b = 2", "shown()");
      await press(page, "Control+Home", "Control+Shift+Minus");
      await says(page, "Nothing was split: put the cursor inside the text of the cell first.");
      await page.close();
    },
  );

  await t.step("o toggles outputs, O sources, l and L line numbers; Enter shows a hidden source", async () => {
    const page = await open.openNew();
    await fill(page, "shown()\n# second", "other");
    await press(page, "k", "Control+Enter");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "o");
    await cellOf(page, 1).getByRole("button", { name: "Show the output" }).waitFor();
    assert.equal(await cellOf(page, 1).getByText("Out[1]:").count(), 0);
    await press(page, "o");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "z");
    await cellOf(page, 1).getByRole("button", { name: "Show the output" }).click();
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await press(page, "Shift+O");
    await cellOf(page, 1).getByRole("button", { name: "Show the source shown()" }).waitFor();
    await page.reload();
    await cellOf(page, 1).getByRole("button", { name: "Show the source shown()" }).waitFor();
    await cellOf(page, 1).focus();
    await press(page, "Enter");
    await cellOf(page, 1).locator(".cm-focused").waitFor();
    await press(page, "Escape", "l");
    await cellOf(page, 1).locator(".cm-lineNumbers").getByText("2").waitFor();
    assert.equal(await cellOf(page, 2).locator(".cm-lineNumbers").count(), 0);
    await press(page, "Shift+L");
    await cellOf(page, 2).locator(".cm-lineNumbers").waitFor();
    await press(page, "Shift+L");
    await page.locator(".cm-lineNumbers").first().waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("the menu does the same without keys", async () => {
    const page = await open.openNew();
    await fill(page, "one", "two", "three");
    await choose(page, "Select the cell above, too");
    await markedAre(page, 2, 3);
    await choose(page, "Copy");
    await says(page, "2 cells copied.");
    await choose(page, "Paste above");
    await cellsAre(page, "one", "two", "three", "two", "three");
    await choose(page, "Undo");
    await cellsAre(page, "one", "two", "three");
    await cellOf(page, 3).locator(".cell-prompt").click();
    await choose(page, "Cut");
    await cellsAre(page, "one", "two");
    await choose(page, "Select all cells");
    await choose(page, "Merge with each other, or below");
    await cellsAre(page, "one\n\ntwo");
    await cellOf(page, 1).locator(".cm-line").nth(1).click();
    await choose(page, "Split at the cursor");
    await cellsAre(page, "one", "two");
    await choose(page, "Line numbers of all cells");
    await comesTo(() => page.locator(".cm-lineNumbers").count(), 2);
    await choose(page, "Line numbers of all cells");
    await choose(page, "Hide or show the source");
    await cellOf(page, 2).getByRole("button", { name: "Show the source two" }).click();
    await cellsAre(page, "one", "two");
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
