/**
 * The page in a real Chromium, with the offline model: typing, running, and what stays.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { validNotebook } from "../../../nbformat/valid_notebook.ts";
import { chromiumNote, hasChromium, startBrowser } from "../../../support/browser.ts";
import { startTestSite } from "../test_site.ts";

/** How long anything on the page may take, in milliseconds: far longer than it does. */
const PATIENCE_MS = 30_000;

/** Writes code into the last cell of code. */
async function write(page: Page, code: string): Promise<void> {
  await page.locator(".cell.code .cm-content").last().click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(code);
}

Deno.test({
  name: `a person types into the page and runs it${chromiumNote}`,
  ignore: !hasChromium,
  async fn(t) {
    await using site = await startTestSite();
    const browser = await startBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error.stack)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("dialog", (dialog) => void dialog.accept());
    const cells = page.locator(".cell.code");

    try {
      await t.step("the first page offers examples and a new notebook", async () => {
        await page.goto(site.url);
        await page.getByRole("heading", { name: "Begin with an example" }).waitFor();
        assert.equal(await page.locator(".gallery li").count(), 4);
        await page.getByRole("button", { name: "New notebook" }).click();
        await cells.first().waitFor();
        assert.match(page.url(), /\/notebooks\/\w{12}$/);
      });

      await t.step("it says who answers", async () => {
        await page.getByText("A Python on this machine answers in place of a language model").waitFor();
        await page.locator(".chip[data-kind=ready]").waitFor();
      });

      await t.step("an output grows while the cell runs", async () => {
        await write(page, "import time\nfor word in ['first', 'last']:\n    print(word, flush=True); time.sleep(1)");
        await page.keyboard.press("Control+Enter");
        await page.locator(".cell.running .outputs", { hasText: "first" }).waitFor();
        assert.doesNotMatch(await cells.first().locator(".outputs").innerText(), /last/);
        await page.locator(".cell.completed .outputs", { hasText: "last" }).waitFor();
        assert.equal(await cells.first().locator(".outputs").innerText(), "first\nlast\n");
        assert.match(await cells.first().locator(".cell-prompt").innerText(), /In \[1\]:\s+\d\.\d s/);
      });

      await t.step("an error is drawn as IPython draws it", async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("b");
        await page.keyboard.press("Enter");
        await page.keyboard.insertText("1 / 0");
        await page.keyboard.press("Shift+Enter");
        const traceback = page.locator(".cell.error .traceback");
        await traceback.waitFor();
        assert.match(
          await traceback.innerText(),
          /^-{75}\nZeroDivisionError +Traceback[^]*ZeroDivisionError: division by zero\n$/,
        );
        assert.equal(await traceback.locator(".ansi-red-fg").first().innerText(), "-".repeat(75));
        assert.match(await page.locator(".cell.error .cell-prompt").innerText(), /In \[2\]:\s+failed/);
      });

      await t.step("a run goes on to a new cell, and a loop without an end can be interrupted", async () => {
        assert.equal(await cells.count(), 3);
        await write(page, "while True: pass");
        await page.keyboard.press("Control+Enter");
        await page.locator(".cell.running").waitFor();
        await page.getByRole("button", { name: "Interrupt" }).click();
        await page.locator(".cell.running").waitFor({ state: "detached" });
        await write(page, "'still there'");
        await page.keyboard.press("Control+Enter");
        await page.locator(".cell.completed", { hasText: "Out[4]" }).waitFor();
      });

      await t.step("HTML is drawn in a frame that can reach nothing", async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("b");
        await page.keyboard.press("Enter");
        const script =
          "try { parent.document.title; out.textContent = 'reached' } catch { out.textContent = 'shut in' }";
        await page.keyboard.insertText(
          `from IPython.display import HTML\nHTML("<p id=out>nothing ran</p><script>${script}</script>")`,
        );
        await page.keyboard.press("Control+Enter");
        await page.frameLocator("iframe").getByText("shut in").waitFor();
        assert.equal(await page.locator("iframe").getAttribute("sandbox"), "allow-scripts");
      });

      await t.step("a second tab shows the same, and what is typed into the title", async () => {
        const other = await context.newPage();
        await other.goto(page.url());
        await other.locator(".cell.error .traceback").waitFor();
        await page.getByLabel("Title").fill("Kept");
        await page.keyboard.press("Enter");
        await other.waitForFunction(() => document.title.startsWith("Kept"));
        await other.close();
      });

      await t.step("a reload keeps everything", async () => {
        await page.reload();
        await page.locator(".cell.error .traceback").waitFor();
        assert.equal(await page.getByLabel("Title").inputValue(), "Kept");
        assert.equal(await cells.first().locator(".outputs").innerText(), "first\nlast\n");
      });

      await t.step("it is saved as a valid file, which can be opened again with its outputs", async () => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Download .ipynb" }).click(),
        ]);
        assert.equal(download.suggestedFilename(), "kept.ipynb");
        const text = await new Response(ReadableStream.from(await download.createReadStream())).text();
        const { cells: saved } = validNotebook(text);
        assert.deepEqual(saved[0].outputs, [{ name: "stdout", output_type: "stream", text: ["first\n", "last\n"] }]);
        const other = await context.newPage();
        await other.goto(site.url);
        const file = { name: "again.ipynb", mimeType: "application/json", buffer: Buffer.from(text) };
        await other.locator("input[type=file]").setInputFiles(file);
        await other.locator(".traceback").waitFor();
        assert.equal(await other.locator(".cell").count(), saved.length);
        await other.close();
      });

      await t.step("a restart forgets what was run, and counts from 1", async () => {
        await page.getByRole("button", { name: "Restart" }).click();
        await page.locator(".chip[data-kind=ready]").waitFor();
        await write(page, "word");
        await page.keyboard.press("Control+Enter");
        const last = cells.last();
        await last.getByText("NameError: name 'word' is not defined").waitFor();
        assert.match(await last.locator(".cell-prompt").innerText(), /In \[1\]:/);
      });

      await t.step("nothing went wrong unseen", () => assert.deepEqual(faults, []));
    } finally {
      await browser.close();
    }
  },
});
