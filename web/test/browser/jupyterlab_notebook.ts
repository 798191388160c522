/**
 * A person's actions on a notebook in JupyterLab.
 *
 * @module
 */

import type { Locator, Page } from "playwright-core";
import type { OpenLab } from "./jupyterlab.ts";

/** Opens a new notebook with the launcher's card for a kernel, and puts the cursor into its cell. */
export async function openNotebook(lab: OpenLab, kernel: string): Promise<Page> {
  const page = await lab.open();
  await page.locator('.jp-LauncherCard[data-category="Notebook"]', { hasText: kernel }).click();
  await page.locator(".jp-Toolbar-kernelName", { hasText: kernel }).waitFor();
  await isIdle(page);
  return page;
}

/** Returns a code cell by its number from 1. */
export const codeCell = (page: Page, number: number): Locator =>
  page.locator(".jp-Notebook .jp-CodeCell").nth(number - 1);

/** Puts the cursor into the last cell. */
export async function editLast(page: Page): Promise<void> {
  await page.locator(".jp-Notebook .jp-CodeCell").last().locator(".cm-content").click();
}

/** Types code into the last cell and runs it with Shift+Enter. JupyterLab adds a new last cell. */
export async function run(page: Page, code: string): Promise<void> {
  await editLast(page);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
  await page.keyboard.press("Shift+Enter");
}

/** Presses Tab at the cursor when JupyterLab can complete there. Before that, Tab indents. */
export async function complete(page: Page): Promise<void> {
  await page.locator(".jp-mod-completer-enabled", { has: page.locator(".cm-focused") }).waitFor();
  await page.keyboard.press("Tab");
}

/** Waits until a cell has this prompt, such as `[1]:` or `[*]:`. */
export async function promptReads(page: Page, number: number, prompt: string): Promise<void> {
  await codeCell(page, number).locator(".jp-InputPrompt", { hasText: prompt }).waitFor();
}

/** Returns the text of each output of a cell. */
export async function outputs(page: Page, number: number): Promise<string[]> {
  return await codeCell(page, number).locator(".jp-OutputArea-output").allTextContents();
}

/** Presses the button that interrupts the kernel. */
export async function interrupt(page: Page): Promise<void> {
  await page.locator('jp-button[data-command="notebook:interrupt-kernel"]').click();
}

/** Restarts the kernel, and waits until it is ready. */
export async function restart(page: Page): Promise<void> {
  await page.locator('jp-button[data-command="notebook:restart-kernel"]').click();
  await page.locator(".jp-Dialog button.jp-mod-accept").click();
  await page.locator(".jp-Dialog").waitFor({ state: "detached" });
  await isIdle(page);
}

/** Saves the notebook, and waits until it is saved. */
export async function save(page: Page): Promise<void> {
  const saved = page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
  await page.locator('jp-button[data-command="docmanager:save"]').click();
  await saved;
}

async function isIdle(page: Page): Promise<void> {
  await page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").waitFor();
}
