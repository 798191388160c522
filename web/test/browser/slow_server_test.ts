/** A page whose server takes its time. */

import type { Route } from "playwright-core";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { browserTest, modelFrom, openSite } from "./open_site.ts";

/** Longer than the pause between two questions of the page, in milliseconds. */
const ANSWER_MS = 1_200;

async function answerLate(route: Route): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  // The page may have left.
  await route.continue().catch(() => {});
}

browserTest(
  "the state is shown where each answer about it takes longer than the pause between two questions",
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
