/**
 * Texts that exhaust a parser's stack or time and affect only their own cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, type OpenSite, openSite } from "./open_site.ts";

/** Hostile texts by name. They exhaust the stack and the time of marked, the stack of KaTeX, and the browser's parsing of HTML. */
const hostile: Record<string, string> = {
  quotes: ">".repeat(3_000) + "x",
  braces: "$" + "{".repeat(3_000) + "x" + "}".repeat(3_000) + "$",
  emphasis: "*a **a ".repeat(8_000),
  roots: "$" + "\\sqrt".repeat(3_000) + "x$",
  elements: "<b>".repeat(3_000) + "x",
  reopened: `<div>${Array.from({ length: 90 }, (_, n) => `<font size=${n}>`).join("")}</div>${"<p>x".repeat(9_000)}`,
};

/** An ordinary text that is too long to be converted at once. */
const long = "## Long\n\n" + "A *word* and $x^2$ of it.\n\n".repeat(1_000);

const cells = [
  ["markdown", "# Hostile texts"],
  ...Object.values(hostile).map((source) => ["markdown", source]),
  ["markdown", long],
  ["code", "outputs"],
  ["code", "goes on"],
];

const file = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: cells.map(([cell_type, source], index) => ({
    cell_type,
    id: `cell-${index}`,
    metadata: {},
    source,
    ...(cell_type === "code" && { execution_count: null, outputs: [] }),
  })),
});

async function openFile(page: Page): Promise<void> {
  const ipynb = { name: "hostile.ipynb", mimeType: "application/json", buffer: Buffer.from(file) };
  await page.locator("input[type=file]").setInputFiles(ipynb);
}

const asWritten = "This text is shown as it was written";

browserTest("hostile texts", async (t) => {
  const scripts = {
    outputs: answer(
      ...Object.values(hostile).map((source) => display({ "text/markdown": source, "text/plain": "plain" })),
      display({ "text/latex": hostile.braces, "text/plain": "plain" }),
    ),
  };
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("42"))));
  await using open = await openSite({ environment: modelFrom(model) });
  const page = await open.open();
  const names = Object.keys(hostile);
  const [ofLong, ofOutputs, ofLast] = [1, 2, 3].map((place) => names.length + 1 + place);

  await t.step("the other cells of the notebook are rendered", async () => {
    await openFile(page);
    await cellOf(page, 1).getByRole("heading", { name: "Hostile texts" }).waitFor();
    await cellOf(page, ofLong).getByRole("heading", { name: "Long" }).waitFor();
    assert.equal(await cellOf(page, ofLong).locator("math").count(), 1_000);
  });

  for (const [index, name] of names.entries()) {
    await t.step(`the hostile text "${name}" is rendered within limits or shown as source`, async () => {
      const cell = cellOf(page, index + 2);
      await cell.locator(".markdown, .no-content").first().waitFor();
      if (await cell.locator(".markdown").count() === 1) {
        assert.ok(await cell.locator(".markdown *").count() < 30_000);
      } else assert.match(await cell.locator(".no-content").innerText(), new RegExp(asWritten));
    });
  }

  await t.step("at least four hostile texts are shown as source", async () => {
    assert.ok(await page.locator(".rendered .no-content", { hasText: asWritten }).count() >= 4);
  });

  await t.step("hostile texts in outputs do not affect other outputs, and the next cell runs", async () => {
    await cellOf(page, ofOutputs).locator(".cm-content").click();
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await cellOf(page, ofLast).getByText("Out[2]:").waitFor();
    const shown = cellOf(page, ofOutputs).locator(".display:has(.markdown, .no-content)");
    await shown.nth(names.length).waitFor();
  });

  await t.step("a hostile cell can be edited, and is rendered when its new source is harmless", async () => {
    await cellOf(page, 2).locator(".rendered").dblclick();
    await cellOf(page, 2).locator(".cm-focused").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("# Mended");
    await page.keyboard.press("Shift+Enter");
    await cellOf(page, 2).getByRole("heading", { name: "Mended" }).waitFor();
  });

  await t.step("a hostile cell can be deleted", async () => {
    const before = await page.locator(".cell").count();
    await cellOf(page, 4).hover();
    await cellOf(page, 4).getByRole("button", { name: "Delete" }).click();
    await page.locator(".cell").nth(before - 1).waitFor({ state: "detached" });
  });

  await t.step("no page reported an error", () => noFaults(open));
});

/** The label of a cell's outputs in the built page's code, with any name of the minified variable. */
const LABEL = /`\$\{\w+\?`Answer`:`Output`\} of cell \$\{\w+\}`/g;

/** Serves the page with a fault in its code, because no notebook is known to cause one: the second cell's label throws. */
async function breakSecondCell({ context }: OpenSite): Promise<{ faults(): number }> {
  let faults = 0;
  await context.route("**/assets/*.js", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(LABEL, (label) => {
      faults++;
      return `((label) => { if (label.endsWith(" 2")) throw Error("broken"); return label; })(${label})`;
    });
    await route.fulfill({ response, body });
  });
  return { faults: () => faults };
}

browserTest("a cell whose rendering fails", async (t) => {
  await using model = await startScriptedModel(answer(result("42")));
  await using open = await openSite({ environment: modelFrom(model) });
  const broken = await breakSecondCell(open);
  const page = await open.open();
  const ipynb = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: ["first", "second = 2", "last"].map((source, index) => (
      { cell_type: "code", id: `c${index}`, metadata: {}, execution_count: null, source, outputs: [] }
    )),
  };
  const buffer = Buffer.from(JSON.stringify(ipynb));
  await page.locator("input[type=file]").setInputFiles({ name: "a.ipynb", mimeType: "application/json", buffer });

  await t.step("a cell that cannot be rendered shows its source and an explanation", async () => {
    assert.equal(broken.faults(), 1);
    await cellOf(page, 2).getByText("This cell cannot be drawn").waitFor();
    await cellOf(page, 2).getByText("second = 2").waitFor();
  });

  await t.step("the cells after a broken cell work", async () => {
    await cellOf(page, 3).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await cellOf(page, 3).getByText("Out[1]:").waitFor();
  });

  await t.step("a broken cell is rendered again after a change", async () => {
    await cellOf(page, 2).hover();
    await cellOf(page, 2).getByRole("button", { name: "Make it text" }).click();
    await cellOf(page, 2).locator(".markdown").waitFor();
    await cellOf(page, 2).hover();
    await cellOf(page, 2).getByRole("button", { name: "Make it code" }).click();
    await cellOf(page, 2).getByText("This cell cannot be drawn").waitFor();
  });

  await t.step("a broken cell can be deleted", async () => {
    await cellOf(page, 2).hover();
    await cellOf(page, 2).getByRole("button", { name: "Delete" }).click();
    await page.locator(".cell").nth(2).waitFor({ state: "detached" });
    await cellOf(page, 1).locator(".cm-content").waitFor();
  });
});
