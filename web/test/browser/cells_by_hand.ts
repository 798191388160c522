/**
 * Helpers of the tests that edit cells through the page.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { cellOf, PATIENCE_MS } from "./open_site.ts";

/** Presses keys, one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Adds these cells to a new notebook, and leaves the last one selected. */
export async function fill(page: Page, ...codes: string[]): Promise<void> {
  for (const [index, code] of codes.entries()) {
    if (index > 0) await press(page, "b", "Enter");
    await cellOf(page, index + 1).locator(".cm-focused").waitFor();
    await page.keyboard.insertText(code);
    await press(page, "Escape");
  }
}

/** Reads a value repeatedly until it is the expected one. */
export async function waitForValue<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  while (!isDeepStrictEqual(await read(), expected)) {
    if (deadline.aborted) return assert.deepEqual(await read(), expected);
  }
}

/** Returns the texts of all cells with line breaks. */
export const texts = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.map((cell) => {
      const lines = [...cell.querySelectorAll(".cm-line")].map(({ textContent }) => textContent);
      return lines.length > 0 ? lines.join("\n") : cell.querySelector<HTMLElement>(".rendered")?.innerText.trim();
    })
  );
