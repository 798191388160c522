/**
 * Accessibility of the page: axe's findings in wide and narrow windows and both themes, announcements to screen readers, and the
 * layout at 360 pixels.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, display, error, gate, result, stderr, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { findings, lookAt } from "./look_at.ts";
import {
  answersByCode,
  browserTest,
  cellOf,
  figureIn,
  modelFrom,
  noFaults,
  openSite,
  promptIs,
  run,
} from "./open_site.ts";

const figure = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="300" height="80"/></svg>';

let throws = 0;
const figureOf = (width: number) => figure.replace('rect width="300"', `rect width="${width}"`);

const colours = [30, 31, 32, 33, 34, 35, 36, 37, 90, 91, 92, 93, 94, 95, 96, 97]
  .map((code) => `\x1b[${code}mcolour ${code}\x1b[0m \x1b[${code + 10}mground ${code + 10}\x1b[0m`).join("\n");

const scripts = {
  "everything()": answer(
    stdout(`${colours}\n\x1b[38;5;208morange\x1b[0m \x1b[38;2;10;20;30mnearly black\x1b[0m\n`),
    stderr("a warning\n"),
    display({ "text/markdown": "## Heading\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n\n$$\\int_0^1 x\\,dx$$\n\n`code`" }),
    display({ "text/latex": "$$" + "a + ".repeat(80) + "b$$" }),
    display({ "application/json": { a: [1, "two", null, { b: true }] } }),
    display({ "text/html": "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>", "text/plain": "A table" }),
    display({ "image/svg+xml": figure, "text/plain": "A figure" }),
    stdout("line\n".repeat(100)),
    result("42"),
  ),
  "broken()": answer(error("ValueError", "x".repeat(200), [`ValueError: ${"x".repeat(200)}`])),
  "dice()": () =>
    answer(stdout(`first\n${"wide ".repeat(60)}${++throws}\n`), display({ "image/svg+xml": figureOf(throws) })),
  "refused()": { status: 401, body: { error: { message: "Incorrect API key provided" } } },
  "waits()": answer(stdout("begun\n"), gate("never")),
};

browserTest("the page is accessible", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: { ...modelFrom(model), AIPYTHON_PRICE: "1,1,2" } });

  const page = await open.openNew();
  await run(page, "everything()");
  await cellOf(page, 1).getByText("Out[1]:").waitFor();
  await figureIn(page, "A figure").waitFor();
  await run(page, "broken()");
  await promptIs(page, 2, /failed/);
  await page.keyboard.insertText("# A text\n\nwith *words*.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("m");
  await page.keyboard.press("Shift+Enter");
  await run(page, "waits()");
  await promptIs(page, 4, /In \[\*\]/);

  await t.step("screen readers get names and roles of cells, outputs, buttons and frames", async () => {
    await page.getByRole("feed", { name: "Cells" }).getByRole("article", { name: "Text cell 3 of 5" }).waitFor();
    await page.getByRole("article", { name: "Code cell 2 of 5, failed" }).waitFor();
    await page.getByRole("article", { name: "Code cell 4 of 5, running" }).waitFor();
    await page.getByRole("textbox", { name: "Code of cell 2" }).waitFor();
    await page.getByRole("log", { name: "Output of cell 4" }).getByText("begun").waitFor();
    await page.getByRole("toolbar", { name: "Notebook" }).getByRole("button", { name: "Run all" }).waitFor();
    await page.getByRole("status").filter({ hasText: "running" }).waitFor();
    const titles = await page.locator("iframe").evaluateAll((frames) =>
      frames.map((frame) => frame.getAttribute("title")).sort()
    );
    assert.deepEqual(titles, ["A figure", "A table"]);
  });

  await t.step("a screen reader announces that a cell was stopped", async () => {
    await cellOf(page, 4).getByRole("button", { name: "Stop this cell" }).click();
    await page.getByRole("status").getByText("Cell 4 was stopped.").waitFor();
  });

  await t.step("elements that scroll sideways can be reached by Tab", async () => {
    await page.locator(".traceback[tabindex='0']").waitFor();
    await page.locator("math[display=block][tabindex='0']").first().waitFor();
  });

  await lookAt(t, "a notebook", page);

  const other = await open.openNew();
  await run(other, "dice()");
  await promptIs(other, 1, /In \[1\]:/);
  await cellOf(other, 1).getByRole("button", { name: "Run this cell" }).click();
  await other.getByRole("button", { name: "1 line and 1 picture differ from the previous answer" }).click();
  await cellOf(other, 1).getByRole("figure").filter({ hasText: "Before" }).locator("iframe").waitFor();
  await cellOf(other, 1).locator(".cost").waitFor();
  await other.locator(".cm-content").last().click();
  await other.keyboard.insertText("# A text");
  await other.keyboard.press("Escape");
  await other.keyboard.press("m");
  await other.keyboard.press("Shift+Enter");
  await lookAt(t, "a comparison of two answers", other);
  await other.close();

  await page.getByRole("button", { name: "Outline" }).click();
  await page.getByRole("navigation", { name: "Outline" }).getByRole("link", { name: "A text" }).waitFor();
  await lookAt(t, "the outline", page);
  await page.getByRole("button", { name: "Close the outline" }).click();

  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name: "Restart and run all" }).waitFor();
  await lookAt(t, "the menu beside Run all", page);
  await page.keyboard.press("Escape");

  await cellOf(page, 1).hover();
  await cellOf(page, 1).getByRole("button", { name: "Request and reply" }).click();
  await page.getByRole("table", { name: "Tokens and time" }).waitFor();
  await lookAt(t, "the dialog of requests and answers", page);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Edit cells" }).click();
  await page.getByRole("menuitem", { name: "Split at the cursor" }).waitFor();
  await lookAt(t, "the menu of selected cells", page);
  await page.keyboard.press("Escape");

  await cellOf(page, 2).focus();
  for (const key of ["o", "Shift+O", "Shift+L", "Shift+ArrowDown", "Shift+ArrowDown", "Control+h"]) {
    await page.keyboard.press(key);
  }
  await page.keyboard.type("e");
  await page.keyboard.press("Enter");
  await page.getByRole("search").getByText(/ of /).waitFor();
  await lookAt(t, "a notebook with selected cells, a hidden cell and search results", page);
  await page.getByRole("search").getByRole("button", { name: "Regular expression" }).click();
  await page.getByRole("textbox", { name: "Find", exact: true }).fill("(");
  await page.getByRole("search").getByText("is not a regular expression").waitFor();
  await lookAt(t, "an invalid regular expression", page);
  await page.keyboard.press("Escape");
  await cellOf(page, 5).focus();
  await page.keyboard.press("Shift+M");
  await page.locator(".news").waitFor();
  await lookAt(t, "the message of a refused command", page);
  await cellOf(page, 2).focus();
  for (const key of ["o", "Shift+O", "Shift+L"]) await page.keyboard.press(key);

  await cellOf(page, 2).hover();
  await cellOf(page, 2).getByRole("button", { name: "Clear its outputs" }).click();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).waitFor();
  await lookAt(t, "the offer to undo", page);
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keys" }).click();
  await lookAt(t, "the list of keys", page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save a copy" }).click();
  await lookAt(t, "the list of copy formats", page);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "settings of the model" }).click();
  for (const group of ["Requests to the model", "Limits"]) await page.getByText(group, { exact: true }).click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await page.getByRole("log", { name: "What the test finds" }).getByText("second cell").waitFor();
  await page.getByRole("button", { name: "Test", exact: true }).waitFor();
  await lookAt(t, "the settings panel", page);
  await page.keyboard.press("Escape");

  await page.locator(".cell").last().locator(".cm-content").click();
  await run(page, "refused()");
  await page.locator(".chip[data-kind=bad]", { hasText: "key refused" }).waitFor();
  await lookAt(t, "a notebook with a refused key", page);

  await page.getByRole("link", { name: "All notebooks" }).click();
  await page.getByRole("heading", { name: "Your notebooks" }).waitFor();
  await page.getByRole("heading", { name: "Begin with an example" }).waitFor();
  await lookAt(t, "the home page", page);

  await t.step("axe finds a fault that the test adds", async () => {
    await page.evaluate(() => document.querySelector(".home-actions button")!.setAttribute("style", "color: #4a5ac4"));
    assert.match((await findings(page)).join(), /serious: color-contrast/);
  });

  await t.step("no page reported an error", () => noFaults(open));
});
