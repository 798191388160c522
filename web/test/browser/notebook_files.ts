/**
 * A notebook file, and functions for the outputs and copies of a notebook.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { plot } from "../../../test/media/pictures.ts";
import { answer, display } from "../../../test/support/scripted_answer.ts";

/** A figure of 10 x 5 pixels. */
export const figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5"/></svg>';

/** A figure that is wider than the page, and has no description. */
const wide =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="400"><rect width="4000" height="400"/></svg>';

/** A notebook file: a Markdown cell, and a code cell with two figures and an error. */
export const file = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Dropped"] },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      execution_count: 7,
      source: ["1 / 0"],
      outputs: [
        { output_type: "display_data", data: { "image/svg+xml": [figure] }, metadata: {} },
        { output_type: "display_data", data: { "image/svg+xml": [wide], "text/plain": ["wide"] }, metadata: {} },
        { output_type: "error", ename: "ZeroDivisionError", evalue: "by zero", traceback: ["by zero"] },
      ],
    },
  ],
});

/** A PNG of one pixel. */
export const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** An answer with a small figure, a large one and a formula. */
export const figures = answer(
  display({ "image/svg+xml": figure, "text/plain": "a square" }),
  display({ "image/svg+xml": plot(6_000), "text/plain": "many points" }),
  display({ "text/latex": "$x^2$", "text/plain": "x**2" }),
);

/** Saves a copy of the notebook and returns its text. */
export async function copyOf(page: Page, form: string): Promise<string> {
  await page.getByRole("button", { name: "Save a copy" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: form }).click(),
  ]);
  await page.locator("dialog.exports[open]").waitFor({ state: "detached" });
  return await new Response(ReadableStream.from(await download.createReadStream())).text();
}
