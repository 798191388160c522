/**
 * Typing, undoing and moving by arrows in cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, promptIs } from "./open_site.ts";
import { hasCursor, textIs } from "./typing.ts";

browserTest("typing in a cell", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step("typing can be undone in a cell below a new one", async () => {
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

  await t.step("typing continues in the cell after Ctrl+Enter", async () => {
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
    // CodeMirror ignores keys for the list in its first moment, so that keys meant for the text are not lost.
    await one.waitForTimeout(100);
    await one.keyboard.press("ArrowDown");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(2)[aria-selected]").waitFor();
    await one.keyboard.press("ArrowUp");
    await cellOf(one, 2).locator(".cm-tooltip-autocomplete li:nth-child(1)[aria-selected]").waitFor();
    assert.ok(await hasCursor(one, 2));
    await one.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
