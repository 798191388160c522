/**
 * Helpers of the tests that run several cells.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { answer, error, result } from "../../../test/support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { answersByCode } from "./open_site.ts";

const refused: Script = { status: 401, body: { error: { message: "Incorrect API key provided." } } };

const scripts = {
  "broken()": answer(error("ValueError", "bad")),
  "refused()": refused,
};

/** Starts a model that answers `broken()` with an exception, `refused()` with a refused key and any other code with 42. */
export const startModel = () => startScriptedModel(answersByCode(scripts, answer(result("42"))));

/** Chooses an item of the menu beside Run all. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** Waits until no cell is queued or running, and returns the prompts of all cells. */
export async function prompts(page: Page): Promise<string[]> {
  await page.locator(".cell.running, .cell.queued").first().waitFor({ state: "detached" });
  return await page.locator(".prompt.in").allInnerTexts();
}
