/**
 * Helpers of the tests of commands for several cells.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { answer, display, gate, result, stdout } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { texts, waitForValue } from "./cells_by_hand.ts";
import { answersByCode } from "./open_site.ts";

const scripts = {
  "shown()": answer(stdout("out\n"), display({ "text/markdown": "**bold**" }), result("42")),
  "endless()": answer(stdout("begun\n"), gate("never")),
};

/** Starts a model that answers `shown()`, `endless()` and, with 1, any other code. */
export const startModel = () => startScriptedModel(answersByCode(scripts, answer(result("1"))));

/** Waits until the cells have these texts. */
export const cellsAre = (page: Page, ...expected: string[]) => waitForValue(() => texts(page), expected);

/** Returns the numbers of the selected cells, from 1. */
const marked = (page: Page) =>
  page.locator(".cell").evaluateAll((cells) =>
    cells.flatMap((cell, index) => {
      const { marked, selected } = (cell as HTMLElement).dataset;
      return marked !== undefined || selected !== undefined ? [index + 1] : [];
    })
  );

/** Waits until the cells with these numbers, from 1, are selected. */
export const markedAre = (page: Page, ...expected: number[]) => waitForValue(() => marked(page), expected);

/** Waits until this text is announced to screen readers. */
export const isAnnounced = (page: Page, text: string) =>
  page.getByRole("status").getByText(text).first().waitFor({ state: "attached" });
