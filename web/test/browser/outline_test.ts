/**
 * Headings, links to them, and the outline.
 *
 * @module
 */

import assert from "node:assert/strict";
import { browserTest, cellOf, noFaults, openSite } from "./open_site.ts";

/** Markdown cells: repeated headings, links to them, and links to named elements. */
const texts = [
  "# A *first* part\n\n[to it](#Down-here) [by hand](#by-hand) [elsewhere](https://example.com/) [nowhere](#nowhere) [empty](#)\n\n" +
  '<svg width="90" height="20"><a xlink:href="#down-here"><text y="15">drawn</text></a></svg>',
  `## Same\n\n${"text\n\n".repeat(40)}## Same\n\n# !!!`,
  '## Down here\n\n<a id="by-hand"></a>here\n\n```\n# no heading\n```',
];

browserTest("headings and the outline", async (t) => {
  await using open = await openSite();
  const page = await open.openNew();
  for (const text of texts) {
    await page.keyboard.insertText(text);
    await page.keyboard.press("Escape");
    await page.keyboard.press("m");
    await page.keyboard.press("Shift+Enter");
    await page.locator(".cell").last().locator(".cm-focused").waitFor();
  }
  const focusedIs = (id: string) => page.locator(`[id="${id}"]:focus`).waitFor();
  const inSight = (id: string) =>
    page.locator(`[id="${id}"]`).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= document.querySelector(".head")!.getBoundingClientRect().bottom && bottom <= innerHeight;
    });

  await t.step("headings have the same ids as on GitHub", async () => {
    await page.locator("#down-here").waitFor();
    const ids = await page.locator(".rendered :is(h1, h2)").evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(ids, ["a-first-part", "same", "same-1", "", "down-here"]);
  });

  await t.step("a link to a heading stays in the page and ignores case, and Back returns", async () => {
    await page.getByRole("link", { name: "to it" }).press("Enter");
    await focusedIs("down-here");
    assert.equal(await inSight("down-here"), true);
    assert.equal(new URL(page.url()).hash, "#Down-here");
    await page.getByRole("link", { name: "by hand" }).click();
    await page.locator("[data-anchor=by-hand]:focus").waitFor({ state: "attached" });
    await page.goBack();
    await focusedIs("down-here");
    await page.getByText("drawn").click();
    await focusedIs("down-here");
    await page.getByRole("link", { name: "nowhere" }).click();
    await page.getByRole("link", { name: "empty" }).click();
    assert.equal(page.context().pages().length, 1);
    assert.equal(await page.getByRole("link", { name: "to it" }).getAttribute("target"), null);
    const outside = page.getByRole("link", { name: "elsewhere" });
    assert.deepEqual(
      [await outside.getAttribute("target"), await outside.getAttribute("rel")],
      ["_blank", "noopener noreferrer"],
    );
  });

  await t.step("the outline lists all headings, and its links work by keyboard", async () => {
    await page.getByRole("button", { name: "Outline" }).press("Enter");
    const outline = page.getByRole("navigation", { name: "Outline" });
    assert.deepEqual(await outline.getByRole("link").allInnerTexts(), ["A first part", "Same", "Same", "Down here"]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await focusedIs("same-1");
    assert.equal(await inSight("same-1"), true);
    await page.locator(".cell[data-selected]").filter({ hasText: "Same" }).waitFor();
    await outline.getByRole("link").first().focus();
    await page.keyboard.press("Escape");
    await outline.waitFor({ state: "detached" });
    assert.equal(await page.locator(":focus").innerText(), "Outline");
  });

  await t.step("the outline stays complete while a text is edited, and is updated afterwards", async () => {
    await page.getByRole("button", { name: "Outline" }).click();
    const links = page.getByRole("navigation", { name: "Outline" }).getByRole("link");
    await cellOf(page, 3).locator(".rendered").dblclick();
    await cellOf(page, 3).locator(".cm-focused").waitFor();
    assert.equal(await links.count(), 4);
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("\n\n### New");
    await page.keyboard.press("Shift+Enter");
    await links.filter({ hasText: "New" }).waitFor();
    assert.equal(await links.count(), 5);
  });

  await t.step("the outline closes on a narrow screen when a heading is chosen", async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    await page.getByRole("navigation", { name: "Outline" }).getByRole("link").first().click();
    await focusedIs("a-first-part");
    assert.equal(await page.getByRole("navigation", { name: "Outline" }).count(), 0);
  });

  await t.step("the address of a heading opens the notebook at that heading", async () => {
    await page.goto(`${page.url().replace(/#.*/, "")}#down-here`);
    await page.reload();
    await focusedIs("down-here");
  });

  await t.step("no page reported an error", () => noFaults(open));
});
