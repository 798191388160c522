/**
 * Helpers of the tests that type into cells.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { cellOf } from "./open_site.ts";

/** Waits until a cell's editor shows this text. */
export async function textIs(page: Page, number: number, text: string): Promise<void> {
  await page.waitForFunction(({ number, text }) => {
    const content = document.querySelectorAll(".cell")[number - 1]?.querySelector<HTMLElement>(".cm-content");
    return content?.innerText.trimEnd() === text;
  }, { number, text });
}

/** Returns whether the cursor is in a cell's editor. */
export const hasCursor = async (page: Page, number: number) =>
  await cellOf(page, number).locator(".cm-editor.cm-focused").count() === 1;
