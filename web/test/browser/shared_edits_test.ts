/**
 * Two people in one notebook: one types while the other merges, cuts or splits the cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, type OpenSite, openSite, PATIENCE_MS } from "./open_site.ts";

/** The typed text: letters that would be commands outside an editor. */
const TYPED = "abbdd xcv zz ++ 1234567890 abbdd xcv MOL";

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Returns the texts of all cells with line breaks. */
const texts = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.map((cell) => [...cell.querySelectorAll(".cm-line")].map(({ textContent }) => textContent).join("\n"))
  );

async function textsAre(page: Page, expected: string[]): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  while (!isDeepStrictEqual(await texts(page), expected)) {
    if (deadline.aborted) return assert.deepEqual(await texts(page), expected);
  }
}

/** Opens two tabs with a notebook of two cells. The second tab has its cursor at the end of the second cell. */
async function twoTabs(open: OpenSite): Promise<[Page, Page]> {
  const one = await open.openNew();
  await one.keyboard.insertText("first");
  await press(one, "Escape", "b", "Enter");
  await cellOf(one, 2).locator(".cm-focused").waitFor();
  await one.keyboard.insertText("second");
  await press(one, "Escape");
  const two = await open.open(new URL(one.url()).pathname);
  await textsAre(two, ["first", "second"]);
  await cellOf(two, 2).locator(".cm-content").click();
  await press(two, "Control+End");
  // Records the last text of the editor.
  await two.evaluate(() => {
    const editor = document.querySelectorAll(".cm-content")[1];
    const keep = () => {
      if (editor.isConnected) document.body.dataset.last = editor.textContent ?? "";
    };
    keep();
    new MutationObserver(keep).observe(editor, { childList: true, characterData: true, subtree: true });
  });
  return [one, two];
}

/** Returns the last text of the editor that has disappeared. */
const lastShown = async (page: Page) => (await page.locator("body").getAttribute("data-last"))!;

/** Types while the cell is removed and for a while afterwards. Returns the last text of the cell. */
async function typeWhile(two: Page, act: () => Promise<void>): Promise<string> {
  const typing = two.keyboard.type(TYPED, { delay: 25 });
  await two.waitForFunction(() => document.body.dataset.last!.length > "second".length + 3);
  await act();
  await typing;
  return await lastShown(two);
}

browserTest("typing into a cell while another person edits it", async (t) => {
  await using model = await startScriptedModel(answer(result("1")));
  await using open = await openSite({ environment: modelFrom(model) });

  await t.step(
    "merging a cell keeps every letter that was typed into it before",
    async () => {
      const [one, two] = await twoTabs(open);
      const shown = await typeWhile(two, () => press(one, "k", "Shift+M"));
      assert.ok(shown.length < "second".length + TYPED.length, "the cell was merged while it was being typed into");
      for (const page of [one, two]) await textsAre(page, [`first\n\n${shown}`]);
      await press(one, "z");
      for (const page of [one, two]) await textsAre(page, ["first", shown]);
      await one.close();
      await two.close();
    },
  );

  await t.step("a cell into which another cell is merged keeps the text that is typed meanwhile", async () => {
    const [one, two] = await twoTabs(open);
    await press(two, "Escape");
    await cellOf(two, 1).locator(".cm-content").click();
    await press(two, "Control+End");
    const typing = two.keyboard.type(" + typed meanwhile", { delay: 20 });
    await cellOf(one, 1).locator(".cm-line", { hasText: "first +" }).waitFor();
    await press(one, "k", "Shift+M");
    await typing;
    for (const page of [one, two]) await textsAre(page, ["first + typed meanwhile\n\nsecond"]);
    await one.close();
    await two.close();
  });

  await t.step("z restores a cut cell with the text that was typed into it", async () => {
    const [one, two] = await twoTabs(open);
    const shown = await typeWhile(two, () => press(one, "x"));
    for (const page of [one, two]) await textsAre(page, ["first"]);
    await press(one, "z");
    for (const page of [one, two]) await textsAre(page, ["first", shown]);
    await one.close();
    await two.close();
  });

  await t.step("a split cell keeps the text that is typed into its last part", async () => {
    const [one, two] = await twoTabs(open);
    await press(two, "Enter");
    await two.keyboard.type("third");
    await cellOf(one, 2).locator(".cm-line", { hasText: "third" }).waitFor();
    const typing = two.keyboard.type(" + typed meanwhile", { delay: 20 });
    await press(one, "Enter", "Control+Home", "ArrowDown", "Control+Shift+Minus");
    await typing;
    for (const page of [one, two]) await textsAre(page, ["first", "second", "third + typed meanwhile"]);
    await one.close();
    await two.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
