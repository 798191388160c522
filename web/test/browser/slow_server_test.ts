/**
 * The page with a slow server.
 *
 * @module
 */

import type { Route } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, modelFrom, openSite } from "./open_site.ts";

/** Longer than the page's interval between two requests, in milliseconds. */
const ANSWER_MS = 1_200;

async function answerLate(route: Route): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  // The page may be closed by then.
  await route.continue().catch(() => {});
}

browserTest(
  "the runtime's state is shown even if each answer takes longer than the polling interval",
  async () => {
    await using model = await startScriptedModel(answer(result("42")));
    await using open = await openSite({ environment: modelFrom(model) });
    const page = await open.open();
    const answers: Promise<void>[] = [];
    await page.route("**/runtime", (route) => void answers.push(answerLate(route)));
    await page.getByRole("button", { name: "New notebook" }).click();
    await page.locator(".chip[data-kind=ready]").waitFor();
    await page.close();
    await Promise.all(answers);
  },
);
