/**
 * Copying outputs as text, folded text that the browser's search opens, and printing.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, display, error, result, stderr, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, promptIs, run } from "./open_site.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join("\n");

const scripts = {
  "mixed()": answer(
    stdout("\x1b[31mred\x1b[0m\nhalf\rwhole\n"),
    stderr("a warning\n"),
    display({ "text/html": "<b>bold</b>", "text/plain": "plain" }),
    result("42"),
  ),
  "broken()": answer(error("ValueError", "no", ["\x1b[31mValueError\x1b[0m: no"])),
  "many()": answer(...Array.from({ length: 60 }, (_, index) => display({ "text/plain": `display ${index + 1}` }))),
  "none()": answer(),
  "long()": answer(stdout(numbered(500)), result("43")),
};

/** Makes the browser find a folded text, as its search does. */
const find = (page: Page, text: string) =>
  page.evaluate((text) => {
    const folded = [...document.querySelectorAll(".folded")].find((element) => element.textContent.includes(text))!;
    folded.id = text.replace(" ", "-");
    location.hash = folded.id;
  }, text);

browserTest("copying, finding and printing outputs", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const { context } = open;
  const page = await open.openNew();
  for (const [index, code] of Object.keys(scripts).entries()) {
    await run(page, code);
    await promptIs(page, index + 1, /In \[\d+\]/);
  }
  const copyOf = (number: number) => cellOf(page, number).getByRole("button", { name: "Copy the output as text" });
  const said = (number: number, text: string) =>
    cellOf(page, number).locator(".copy-outputs").getByRole("status").filter({ hasText: text }).waitFor();
  const clipboard = async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await context.clearPermissions();
    return text;
  };

  await t.step("outputs are copied by keyboard without colours, and this is announced", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await copyOf(1).focus();
    await page.keyboard.press("Enter");
    await said(1, "Copied");
    assert.equal(await clipboard(), "red\nwhole\na warning\nplain\n42");
    await copyOf(2).press("Enter");
    await said(2, "Copied");
    assert.match(await clipboard(), /^-+\nValueError {2,}Traceback \(most recent call last\)\nValueError: no$/);
  });

  await t.step("outputs are copied even if the browser denies access to the clipboard", async () => {
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }));
    await copyOf(5).press("Enter");
    await said(5, "Copied");
    assert.equal(await page.locator(":focus").getAttribute("aria-label"), "Copy the output as text");
    await page.evaluate(() => delete (navigator as { clipboard?: Clipboard }).clipboard);
    assert.equal(await clipboard(), `${numbered(500)}\n43`);
  });

  await t.step("a cell without outputs has no button to copy them", async () => {
    assert.equal(await copyOf(4).count(), 0);
  });

  await t.step("the search finds folded lines and opens them", async () => {
    const lines = cellOf(page, 5).locator(".terminal").first();
    const hidden = lines.locator(".folded");
    assert.equal(await hidden.getAttribute("hidden"), "until-found");
    assert.match((await hidden.textContent())!, /^line 21\n[^]*line 480$/);
    await lines.getByRole("button", { name: "Show 460 more lines" }).waitFor();
    await find(page, "line 250");
    await lines.getByRole("button", { name: "Fold", exact: true }).press("Enter");
    assert.equal(await hidden.getAttribute("hidden"), "until-found");
    await lines.getByRole("button", { name: "Show 460 more lines" }).press("Enter");
    await lines.getByText("line 250\n").waitFor();
    assert.equal(await hidden.count(), 0);
    await lines.getByRole("button", { name: "Fold", exact: true }).press("Enter");
  });

  await t.step("the search finds folded outputs and opens them", async () => {
    const outputs = cellOf(page, 3).locator(".outputs");
    await outputs.getByRole("button", { name: "Show 40 more outputs" }).waitFor();
    await find(page, "display 30");
    await outputs.locator(".folded:not([hidden])").filter({ hasText: "display 30" }).waitFor();
  });

  await t.step("a printed notebook shows folded text, hides buttons and wraps long lines", async () => {
    await page.locator(".cell").last().locator(".cm-content").click();
    await page.keyboard.insertText(`x = "${"long ".repeat(100)}"`);
    await page.setViewportSize({ width: 700, height: 900 });
    await page.emulateMedia({ media: "print" });
    const seen = (selector: string) =>
      page.locator(selector).evaluateAll((elements) => elements.filter((each) => each.checkVisibility()).length);
    for (const tools of [".toolbar", ".cell-tools", ".copy-outputs", ".fold", ".add-cell", ".cell-prompt button"]) {
      assert.equal(await seen(tools), 0, tools);
    }
    const folded = cellOf(page, 5).locator(".folded");
    assert.ok((await folded.boundingBox())!.height > 460 * 15);
    assert.equal(await folded.evaluate((element) => getComputedStyle(element).contentVisibility), "visible");
    await page.getByText("Simulated outputs.").waitFor();
    const wide = await page.locator(".cm-scroller, pre, main").evaluateAll((elements) =>
      elements.filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth).map((each) =>
        each.className
      )
    );
    assert.deepEqual(wide, []);
    const breaks = await page.locator(".cell").evaluateAll((cells) =>
      cells.map((cell) => getComputedStyle(cell).breakInside)
    );
    assert.deepEqual(new Set(breaks), new Set(["avoid"]));
    await page.emulateMedia({ media: "screen" });
  });

  await t.step("no page reported an error", () => noFaults(open));
});
