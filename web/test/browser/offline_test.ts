/**
 * A newcomer's first steps: a new notebook and a few cells with the offline model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { browserTest, cellOf, noFaults, openSite, promptIs, run } from "./open_site.ts";

browserTest("a newcomer's first notebook", async (t) => {
  await using open = await openSite();
  const page = await open.openNew();

  await t.step("a notice explains that no model is set up", async () => {
    await page.getByRole("note").getByText("No language model is set up").waitFor();
    assert.match(await page.locator(".chip").innerText(), /ready\s+simulated by offline stand-in/);
  });

  await t.step("a cell shows its printed text, its numbered result and its duration", async () => {
    await run(page, "word = 'last'\nprint(word)\nlen(word)");
    await cellOf(page, 1).getByText("Out[1]:").waitFor();
    assert.equal(await cellOf(page, 1).locator(".stdout").innerText(), "last\n");
    assert.match(await cellOf(page, 1).locator(".result").innerText(), /Out\[1\]:\s+4/);
    await promptIs(page, 1, /In \[1\]:\s*\d\.\d s/);
  });

  await t.step("an error looks as in IPython", async () => {
    await run(page, "1 / 0");
    const traceback = page.locator(".cell.error .traceback");
    await traceback.waitFor();
    assert.match(
      await traceback.innerText(),
      /^-{75}\nZeroDivisionError +Traceback[^]*ZeroDivisionError: division by zero\n$/,
    );
    assert.equal(await traceback.locator(".ansi-red-fg").first().innerText(), "-".repeat(75));
    await promptIs(page, 2, /In \[2\]:\s*failed/);
  });

  await t.step("an endless loop shows its output, and interrupting it keeps the variables", async () => {
    await run(page, "print('on and on', flush=True)\nwhile True: pass");
    await page.locator(".cell.running .outputs", { hasText: "on and on" }).waitFor();
    await page.getByRole("button", { name: "Interrupt" }).click();
    await page.locator(".cell.running").waitFor({ state: "detached" });
    await page.locator(".cm-content").last().click();
    await run(page, "word + ' of all'");
    await cellOf(page, 4).getByText("'last of all'").waitFor();
  });

  await t.step("HTML is rendered in a frame without access to the page", async () => {
    const script = "try { parent.document.title; out.textContent = 'reached' } catch { out.textContent = 'shut in' }";
    await run(page, `from IPython.display import HTML\nHTML("<p id=out>nothing ran</p><script>${script}</script>")`);
    await page.frameLocator("iframe").getByText("shut in").waitFor();
    assert.equal(await page.locator("iframe").getAttribute("sandbox"), "allow-scripts");
  });

  await t.step("a restart forgets variables, and the numbers start at 1", async () => {
    await page.getByRole("button", { name: "Restart" }).click();
    await page.locator(".chip[data-kind=ready]").waitFor();
    await page.locator(".cm-content").last().click();
    await run(page, "word");
    await cellOf(page, 6).getByText("NameError: name 'word' is not defined").waitFor();
    await promptIs(page, 6, /In \[1\]:/);
  });

  await t.step("the answer to a question explains that there is no model", async () => {
    await page.getByRole("button", { name: "Ask AI", exact: true }).click();
    await run(page, "What is a loop?");
    const answer = page.getByRole("log", { name: /Answer of cell/ });
    await answer.getByText("There is no language model here").waitFor();
    await answer.locator("code", { hasText: "OPENAI_API_KEY" }).waitFor();
  });

  await t.step("no page reported an error", () => noFaults(open));
});
