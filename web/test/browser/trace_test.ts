/**
 * The page's view of the requests for a cell and the model's answers.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  answer,
  delta,
  done,
  finish,
  gate,
  result,
  stdout,
  text,
  usage,
} from "../../../test/support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, cellOf, modelFrom, noFaults, openSite, run } from "./open_site.ts";

/** Markup that would have an effect if it were not shown as text. */
const MARKUP = "<img src=x onerror=\"document.title='hacked'\"><b>bold</b>";

const cut = [
  ...delta({ reasoning_content: "One and one." }),
  ...text(MARKUP),
  ...stdout(`${"line\n".repeat(2_000)}`),
  ...finish("length"),
  ...usage(2_345, 67, 2_000),
  ...done(),
];

/** An answer in an AI cell from a server that does not report its usage. */
const unbilled = [...text("**Two**, I think."), ...finish(), ...done()];

/** Returns the dialog with requests and answers. */
const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Request and reply" });

/** Returns the label of the focused element. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));

browserTest("the dialog of a cell's requests and answers", async (t) => {
  await using model = await startScriptedModel(
    inTurn(cut, answer(result("2")), [...gate("second"), ...answer(result("3"))], unbilled),
  );
  await using open = await openSite({ environment: { ...modelFrom(model), AIPYTHON_PRICE: "1000,500,2000" } });
  const page = await open.openNew();
  await run(page, "print('line')\n1 + 1");
  await cellOf(page, 1).getByText("Out[1]:").waitFor();

  await t.step(
    "the dialog shows the turn, the reply, the reason for a second request, and the tokens",
    async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("t");
      const dialog = dialogOf(page);
      await dialog.getByText("In [1] succeeded: asked scripted").waitFor();
      const first = dialog.getByRole("region", { name: "Request 1" });
      assert.equal(await first.locator("pre").first().innerText(), "In [1]: Out[1] unless None\nprint('line')\n1 + 1");
      assert.deepEqual(await first.locator("mark").allInnerTexts(), ["Out[1] unless None"]);
      assert.deepEqual(await first.locator("figcaption").allInnerTexts(), [
        "The turn that was sent",
        "Thoughts",
        "Text",
        "stdout",
      ]);
      assert.match(
        await first.innerText(),
        /1\. Asked\n+chat completions, tool calls; 2 messages, about [\d,]+ tokens/,
      );
      assert.match(await first.innerText(), /Reply \(cut off by the length limit\)/);
      const second = dialog.getByRole("region", { name: "Request 2" });
      assert.match(await second.innerText(), /2\. Asked again: the reply was cut off by the length limit/);
      const rows = await dialog.getByRole("row").allInnerTexts();
      assert.match(rows[0], /Reasoning\sCost\sFirst token/);
      assert.match(rows[1], /^1\s2,345\s2,000\s67\s–\s\$1\.48\s\d/);
      assert.match(rows[2], /^2\s10\s0\s5\s–\s\$0\.02\s\d/);
      assert.match(rows[3], /^Together\s2,355\s2,000\s72\s–\s\$1\.50\s\d/);
    },
  );

  await t.step("markup is shown as text, and a long text scrolls and is a tab stop", async () => {
    const texts = dialogOf(page).locator("pre");
    assert.equal(await texts.nth(2).innerText(), MARKUP);
    assert.equal(await dialogOf(page).locator("img, b").count(), 0);
    assert.notEqual(await page.title(), "hacked");
    await dialogOf(page).locator("pre[tabindex='0']").filter({ hasText: "line" }).last().waitFor();
    const height = (await texts.nth(3).boundingBox())!.height;
    assert.ok(height <= 340, `${height} px`);
  });

  await t.step("keys in the dialog are not commands, and Escape returns to the cell", async () => {
    await page.keyboard.press("b");
    assert.equal(await page.locator(".cell").count(), 2);
    await page.keyboard.press("Escape");
    await dialogOf(page).waitFor({ state: "detached" });
    assert.equal(await focused(page), "Code cell 1 of 2");
  });

  await t.step("the dialog reports that a cell has no record, and shows a new execution after its end", async () => {
    const cell = cellOf(page, 2);
    await cell.locator(".cm-content").click();
    await cell.hover();
    await cell.getByRole("button", { name: "Request and reply" }).click();
    await dialogOf(page).getByText("There is no record of this cell").waitFor();
    await dialogOf(page).getByRole("button", { name: "Close" }).click();
    await cell.locator(".cm-content").click();
    await run(page, "1 + 2");
    await model.reached("second");
    model.open("second");
    await cell.getByText("Out[2]:").waitFor();
    await cell.hover();
    await cell.getByRole("button", { name: "Request and reply" }).click();
    await dialogOf(page).getByText("In [2] succeeded").waitFor();
    await dialogOf(page).getByRole("button", { name: "Close" }).click();
  });

  await t.step("an AI cell has the dialog, with an estimated cost", async () => {
    await page.getByRole("button", { name: "Ask AI", exact: true }).click();
    await run(page, "What is 1 + 1?");
    const cell = page.locator(".cell", { hasText: "Two, I think." });
    await cell.waitFor();
    await page.getByRole("article", { name: /^AI cell \d of \d$/ }).focus();
    await page.keyboard.press("t");
    const dialog = dialogOf(page);
    await dialog.getByText("AI cell succeeded: asked scripted").waitFor();
    const asked = dialog.getByRole("region", { name: "Request 1" });
    assert.match(await asked.locator("pre").first().innerText(), /Question:\nWhat is 1 \+ 1\?$/);
    assert.equal(await asked.locator("pre").last().innerText(), "**Two**, I think.");
    assert.match(await asked.innerText(), /1\. Asked\n+chat completions; 2 messages, about [\d,]+ tokens/);
    const rows = await dialog.getByRole("row").allInnerTexts();
    assert.match(rows[1], /^1\s–\s–\s–\s–\s–\s\d/);
    assert.match(rows[2], /^Together\s[\d,]+\s0\s\d+\s–\s\$\d/);
    await page.keyboard.press("Escape");
    await cell.hover();
    await cell.getByRole("button", { name: "Request and reply" }).click();
    await dialog.getByText("AI cell succeeded").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await t.step("another tab shows the dialog, too", async () => {
    const other = await open.open(new URL(page.url()).pathname);
    await cellOf(other, 1).hover();
    await cellOf(other, 1).getByRole("button", { name: "Request and reply" }).click();
    await dialogOf(other).getByText("In [1] succeeded").waitFor();
  });

  // The browser reports the server's 404 for a missing record.
  open.faults.splice(0, open.faults.length, ...open.faults.filter((fault) => !/404/.test(fault)));
  noFaults(open);
});
