/**
 * Cleared outputs, which the notice's button and `z` restore completely, once, and for everybody.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { plot } from "../../../test/media/pictures.ts";
import { answer, display, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

const scripts = {
  "prints()": answer(stdout("printed\n"), result("'value'")),
  "huge()": answer(display({ "image/svg+xml": plot(6_000), "text/plain": "<Figure: many points>" })),
};

const offerOn = (page: Page) => page.getByRole("status").locator(".offer", { hasText: "Outputs cleared." });

/** Presses a button of the toolbar. */
const press = (page: Page, name: string) =>
  page.getByRole("toolbar").getByRole("button", { name, exact: true }).click();

/** Returns the text of a cell's outputs. */
const shownBy = (page: Page, number: number) => cellOf(page, number).locator(".outputs").innerText();

/** Waits until a cell has no outputs. */
const isEmpty = (page: Page, number: number) =>
  cellOf(page, number).locator(".outputs:empty").waitFor({ state: "attached" });

browserTest("clearing outputs and undo", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.openNew();
  await run(page, "prints()");
  await run(page, "huge()");
  const picture = page.getByRole("img", { name: "<Figure: many points>" });
  await picture.waitFor();
  await promptIs(page, 2, /In \[2\]/);
  await page.keyboard.press("Escape");
  const printed = await shownBy(page, 1);
  assert.match(printed, /printed\s+Out\[1\]:\s*'value'/);
  const asked = model.requests.length;

  await t.step(
    "the Undo button restores the outputs of all cells without a request to the model",
    async () => {
      await press(page, "Clear outputs");
      await isEmpty(page, 1);
      await isEmpty(page, 2);
      await offerOn(page).getByRole("button", { name: "Undo" }).click();
      await picture.waitFor();
      assert.match(await picture.getAttribute("src") ?? "", /^\/api\/artifacts\//);
      assert.equal(await shownBy(page, 1), printed);
      await offerOn(page).waitFor({ state: "detached" });
      assert.equal(await page.locator(".cell[data-selected]:focus").count(), 1, "the notebook has the focus again");
      assert.equal(model.requests.length, asked);
    },
  );

  await t.step("z restores the outputs of a single cell, and they stay after a reload", async () => {
    await cellOf(page, 1).hover();
    await cellOf(page, 1).getByRole("button", { name: "Clear its outputs" }).click();
    await isEmpty(page, 1);
    await picture.waitFor();
    await offerOn(page).waitFor();
    await page.keyboard.press("z");
    await cellOf(page, 1).getByText("printed").waitFor();
    await offerOn(page).waitFor({ state: "detached" });
    await page.reload();
    await picture.waitFor();
    await cellOf(page, 1).getByText("printed").waitFor();
    assert.equal(await shownBy(page, 1), printed);
  });

  await t.step("z undoes a clear first and then the deletion of a cell before it", async () => {
    await cellOf(page, 1).focus();
    await page.keyboard.press("d");
    await page.keyboard.press("d");
    await cellOf(page, 1).getByText("printed").waitFor({ state: "detached" });
    await press(page, "Clear outputs");
    await isEmpty(page, 1);
    await cellOf(page, 1).focus();
    await page.keyboard.press("z");
    await picture.waitFor();
    await page.keyboard.press("z");
    await cellOf(page, 1).getByText("printed").waitFor();
    assert.equal(await shownBy(page, 1), printed);
    await promptIs(page, 1, /In \[1\]/);
  });

  await t.step("the outputs are restored for everybody, and only once if two people undo", async () => {
    const other = await open.open(new URL(page.url()).pathname);
    await cellOf(other, 1).getByText("printed").waitFor();
    await Promise.all([press(page, "Clear outputs"), press(other, "Clear outputs")]);
    for (const each of [page, other]) await isEmpty(each, 1);
    const offers = [page, other].map(async (each) => await offerOn(each).count() === 1);
    const undone = (await Promise.all(offers)).flatMap((isOffered, index) => isOffered ? [[page, other][index]] : []);
    await Promise.all(undone.map((each) => offerOn(each).getByRole("button", { name: "Undo" }).click()));
    assert.ok(undone.length > 0);
    for (const each of [page, other]) {
      await cellOf(each, 1).getByText("printed").waitFor();
      await each.getByRole("img", { name: "<Figure: many points>" }).waitFor();
      assert.equal(await shownBy(each, 1), printed);
    }
    await other.close();
  });

  await t.step("the notice disappears when it is closed and when the cells have run again", async () => {
    await press(page, "Clear outputs");
    await offerOn(page).getByRole("button", { name: "Close" }).click();
    await offerOn(page).waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await picture.waitFor();
    await press(page, "Clear outputs");
    await offerOn(page).waitFor();
    await press(page, "Run all");
    await promptIs(page, 2, /In \[4\]/);
    await offerOn(page).waitFor({ state: "detached" });
    const shown = await shownBy(page, 1);
    await cellOf(page, 1).focus();
    await page.keyboard.press("z");
    assert.equal(await shownBy(page, 1), shown);
  });

  await t.step("the notice does not appear if no outputs were cleared", async () => {
    const empty = await open.openNew();
    await press(empty, "Clear outputs");
    assert.equal(await offerOn(empty).count(), 0);
    await empty.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
