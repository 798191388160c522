/**
 * Find and replace in all cells by keyboard, also while another person types.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { fill, press, texts, waitForValue } from "./cells_by_hand.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite } from "./open_site.ts";

const panel = (page: Page) => page.getByRole("search", { name: "Find and replace" });

const stateIs = (page: Page, text: string) =>
  panel(page).getByRole("status").getByText(text, { exact: true }).waitFor();

/** Returns whether a key is left to the browser. */
const isLeft = (page: Page, key: string) =>
  page.evaluate((key) => {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true, bubbles: true });
    return (document.activeElement ?? document.body).dispatchEvent(event);
  }, key);

browserTest("find and replace", async (t) => {
  await using model = await startScriptedModel(answer(result("1")));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step(
    "Ctrl+H searches all cells, including hidden and rendered cells",
    async () => {
      const page = await open.openNew();
      await fill(page, "value = 1\nVALUE = 2", "about the value", "values = value");
      await press(page, "k", "m", "Shift+Enter", "k", "k", "Shift+O");
      await cellOf(page, 1).getByRole("button", { name: "Show the source value = 1" }).waitFor();
      await press(page, "Control+h");
      await panel(page).getByRole("textbox", { name: "Find" }).and(page.locator(":focus")).waitFor();
      await page.keyboard.type("value");
      await stateIs(page, "5 matches in 3 cells");
      await press(page, "Enter");
      await stateIs(page, "1 of 5");
      await cellOf(page, 1).locator(".found.current", { hasText: "value" }).waitFor();
      await press(page, "Enter", "Enter");
      await stateIs(page, "3 of 5");
      await cellOf(page, 2).locator(".cm-content .found.current").waitFor();
      await press(page, "Shift+Enter");
      await stateIs(page, "2 of 5");
      await press(page, "Tab", "Space");
      await stateIs(page, "4 matches in 3 cells");
      await press(page, "Tab", "Space");
      await stateIs(page, "3 matches in 3 cells");
      await press(page, "Escape");
      await panel(page).waitFor({ state: "detached" });
      await press(page, "k", "b");
      await waitForValue(() => page.locator(".cell").count(), 4);
      await page.close();
    },
  );

  await t.step("one match or all matches are replaced, and z undoes each replacement in one step", async () => {
    const page = await open.openNew();
    await fill(page, "value = 1\nVALUE = 2", "values = value");
    await press(page, "k", "f");
    await page.keyboard.type("value");
    await press(page, "Enter");
    await stateIs(page, "1 of 4");
    await panel(page).getByRole("textbox", { name: "Replace with" }).focus();
    await page.keyboard.type("revalue");
    await press(page, "Enter");
    await stateIs(page, "1 replaced. 2 of 4");
    await waitForValue(() => texts(page), ["revalue = 1\nVALUE = 2", "values = value"]);
    await press(page, "Tab", "Tab", "Enter");
    await stateIs(page, "4 replaced in 2 cells. 4 matches in 2 cells");
    await waitForValue(() => texts(page), ["rerevalue = 1\nrevalue = 2", "revalues = revalue"]);
    await press(page, "Escape", "z");
    await waitForValue(() => texts(page), ["revalue = 1\nVALUE = 2", "values = value"]);
    await press(page, "z");
    await waitForValue(() => texts(page), ["value = 1\nVALUE = 2", "values = value"]);
    await page.close();
  });

  await t.step("replacements can use groups, and an invalid regular expression is reported", async () => {
    const page = await open.openNew();
    await fill(page, "plot(a, b)\nplot(c, d)");
    await press(page, "Control+h");
    await panel(page).getByRole("button", { name: "Regular expression" }).click();
    await panel(page).getByRole("textbox", { name: "Find" }).fill("plot((");
    await panel(page).getByRole("status").getByText("“plot((” is not a regular expression: Unterminated group.")
      .waitFor();
    await panel(page).getByRole("textbox", { name: "Find" }).fill("^plot\\((\\w), (\\w)\\)$");
    await panel(page).getByRole("textbox", { name: "Replace with" }).fill("draw($2, $1)");
    await panel(page).getByRole("button", { name: "Replace all" }).click();
    await waitForValue(() => texts(page), ["draw(b, a)\ndraw(d, c)"]);
    await page.close();
  });

  await t.step("Ctrl+F opens the page's search only if some lines are not rendered", async () => {
    const page = await open.openNew();
    await fill(page, "short");
    assert.ok(await isLeft(page, "f"));
    await press(page, "b", "Enter");
    await page.keyboard.insertText(Array.from({ length: 2_000 }, (_, line) => `line_${line} = ${line}`).join("\n"));
    await press(page, "Escape");
    assert.equal(await isLeft(page, "f"), false);
    await page.keyboard.type("line_1999");
    await stateIs(page, "1 match in 1 cell");
    await press(page, "Enter");
    await page.locator(".found.current", { hasText: "line_1999" }).waitFor();
    assert.ok(await isLeft(page, "f"), "a second Ctrl+F is left to the browser");
    await page.close();
  });

  await t.step("text that another person types during a replacement is kept", async () => {
    const one = await open.openNew();
    await fill(one, "old = 1\nold");
    const two = await open.open(new URL(one.url()).pathname);
    await cellOf(two, 1).locator(".cm-content").click();
    await press(two, "Control+End");
    await two.keyboard.type(" + 1");
    await press(one, "Control+h");
    await one.keyboard.type("old");
    await panel(one).getByRole("textbox", { name: "Replace with" }).fill("new");
    await stateIs(one, "2 matches in 1 cell");
    const typing = two.keyboard.type(" + 2 + 3 + 4 + 5", { delay: 30 });
    await panel(one).getByRole("button", { name: "Replace all" }).click();
    await typing;
    for (const page of [one, two]) await waitForValue(() => texts(page), ["new = 1\nnew + 1 + 2 + 3 + 4 + 5"]);
    await press(one, "Escape", "z");
    for (const page of [one, two]) await waitForValue(() => texts(page), ["old = 1\nold + 1 + 2 + 3 + 4 + 5"]);
    await one.close();
    await two.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
