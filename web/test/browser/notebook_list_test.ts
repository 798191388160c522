/**
 * The list of notebooks by keyboard: searching and duplicating.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, display, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode, browserTest, cellOf, modelFrom, noFaults, openSite, run } from "./open_site.ts";

const scripts = { "shown()": answer(display({ "text/markdown": "**bold**" }), result("42")) };

const titles = (page: Page) => page.locator(".notebooks strong").allInnerTexts();

browserTest("searching and duplicating notebooks in the list", async (t) => {
  await using model = await startScriptedModel(answersByCode(scripts, answer(result("1"))));
  await using open = await openSite({ environment: modelFrom(model) });
  for (const title of ["Owls", "Übung zu Schleifen"]) {
    const made = await open.site.ask("/api/notebooks", { method: "POST", body: JSON.stringify({ title }) });
    const { id } = await made.json();
    await open.site.ask(`/api/notebooks/${id}`, { method: "PATCH", body: JSON.stringify({ cells: 1 }) });
  }

  await t.step("the list can be searched by title, and Esc shows all notebooks again", async () => {
    const page = await open.open();
    const field = page.getByRole("searchbox", { name: "Search the titles" });
    await field.focus();
    await page.keyboard.type("schl UBUNG");
    await page.getByRole("status").getByText("1 of 2 notebooks").waitFor({ state: "attached" });
    assert.deepEqual(await titles(page), ["Übung zu Schleifen"]);
    await page.keyboard.type("x");
    await page.getByRole("status").getByText("No notebook is called “schl UBUNGx”.").waitFor();
    assert.deepEqual(await page.getByRole("link").count(), 0);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /Owls/ }).waitFor();
    assert.equal(await field.inputValue(), "");
    await page.close();
  });

  await t.step("Duplicate opens a copy of a notebook with its outputs", async () => {
    const page = await open.openNew();
    await page.getByLabel("Title").fill("Swifts");
    await page.keyboard.press("Enter");
    await cellOf(page, 1).locator(".cm-content").click();
    await run(page, "shown()");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    await page.keyboard.insertText("# the second");
    const { pathname: first } = new URL(page.url());
    await cellOf(page, 2).locator(".cm-line", { hasText: "# the second" }).waitFor();
    await page.getByRole("link", { name: "All notebooks" }).click();
    await page.getByRole("link", { name: /Untitled|Swifts/ }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Duplicate Swifts" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.title.startsWith("Swifts (copy)"));
    assert.notEqual(new URL(page.url()).pathname, first);
    await cellOf(page, 1).locator("strong", { hasText: "bold" }).waitFor();
    await cellOf(page, 1).locator(".outputs").getByText("42").waitFor();
    await cellOf(page, 2).locator(".cm-line", { hasText: "# the second" }).waitFor();
    await page.getByRole("link", { name: "All notebooks" }).click();
    await page.getByRole("link", { name: /Swifts \(copy\)/ }).waitFor();
    assert.equal((await titles(page)).filter((title) => title === "Swifts").length, 1);
    await page.close();
  });

  await t.step("the page shows the reason if a notebook cannot be duplicated", async () => {
    const page = await open.open();
    await page.getByRole("button", { name: "Duplicate Owls" }).waitFor();
    await page.route("**/livestore/**", (route) => route.abort());
    const notebooks = await (await open.site.ask("/api/notebooks")).json();
    const { id } = notebooks.find(({ title }: { title: string }) => title === "Owls");
    await open.site.ask(`/api/notebooks/${id}`, { method: "DELETE" });
    await page.getByRole("button", { name: "Duplicate Owls" }).click();
    await page.getByRole("alert").getByText("“Owls” was not duplicated: it cannot be opened.").waitFor();
    open.faults.splice(0);
    await page.close();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
