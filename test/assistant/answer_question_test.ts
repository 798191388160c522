/**
 * One AI cell without a notebook: what is written, in which order, and what is asked.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answerQuestion, type AnswerQuestionOptions } from "../../src/assistant/answer_question.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { UsageMeter } from "../../src/execution/usage_meter.ts";
import { silentLogger } from "../../src/logger.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, done, finish, text, usage } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

/** A session in which questions are asked; each is answered with what it has written, call by call. */
async function startSession(script: ScriptSource, given: Partial<AnswerQuestionOptions> = {}) {
  const server = await startScriptedModel(script);
  const session = {
    model: openAIModel(server),
    cacheKey: "notebook-ai",
    meter: new UsageMeter(),
    budget: new ContextBudget(),
    habits: {},
    logger: silentLogger,
  };
  return {
    server,
    async ask(question: string) {
      const written: string[] = [];
      const context = {
        markdown: (text: string) => void written.push(`markdown ${text}`),
        stderr: (text: string) => void written.push(`stderr ${text}`),
        error: (ename: string) => void written.push(`error ${ename}`),
        takeBack: () => void written.push("takeBack"),
        flush: () => Promise.resolve(),
      };
      const { signal } = new AbortController();
      const result = await answerQuestion({ ...session, question, above: [], context, signal, ...given });
      return { result, written };
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

Deno.test("answerQuestion() takes back thoughts whose beginning is not marked, and then keeps them back", async () => {
  await using session = await startSession(answer(text("Hm."), text(" So.\n</think>\n\n"), text("Yes.")));
  assert.deepEqual((await session.ask("Really?")).written, [
    "markdown Hm.",
    "markdown  So.\n",
    "takeBack",
    "markdown Yes.",
  ]);
  assert.deepEqual((await session.ask("Really?")).written, ["markdown Yes."]);
});

Deno.test("answerQuestion() says once more who answers, after it has taken thoughts back", async () => {
  const script = answer(text("Hm.\n"), text("</think>Yes."));
  await using session = await startSession(script, { namedModel: "other" });
  const note =
    'stderr [AIPython] This cell names the model "other", which this runtime does not have: gpt-test answers.\n';
  assert.deepEqual((await session.ask("Really?")).written, [
    note,
    "markdown Hm.\n",
    "takeBack",
    note,
    "markdown Yes.",
  ]);
});

Deno.test("answerQuestion() shows no thoughts that are marked, and says so where there is nothing else", async () => {
  await using session = await startSession(answer(text("<think>Hm."), text(" And so on")));
  const { result, written } = await session.ask("Really?");
  assert.deepEqual(written, ["error ModelError"]);
  assert.match(result.error!, /answered without a word/);
});

Deno.test("answerQuestion() tells once of a server that cuts requests off", async () => {
  const script = [...text("Yes."), ...finish(), ...usage(4_096), ...done()];
  await using session = await startSession(script, { systemPrompt: "Be brief. ".repeat(10_000) });
  const note = /^stderr \[AIPython\] The model server read 4,096 of about [\d,]+ tokens/;
  assert.match((await session.ask("Really?")).written[1], note);
  assert.deepEqual((await session.ask("Really?")).written, ["markdown Yes."]);
});
