/**
 * Asks questions as AI cells do, without a notebook.
 *
 * @module
 */

import { answerQuestion, type AnswerQuestionOptions } from "../../src/assistant/answer_question.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { UsageMeter } from "../../src/execution/usage_meter.ts";
import { silentLogger } from "../../src/logger.ts";
import { openAIModel } from "./model_requests.ts";
import { type ScriptSource, startScriptedModel } from "./scripted_model_server.ts";

/** Starts a session for questions. Each question returns what its answer wrote, call by call. */
export async function startQuestions(script: ScriptSource, given: Partial<AnswerQuestionOptions> = {}) {
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
    async ask(question: string, signal = new AbortController().signal) {
      const written: string[] = [];
      const context = {
        markdown: (text: string) => void written.push(`markdown ${text}`),
        stderr: (text: string) => void written.push(`stderr ${text}`),
        error: (ename: string) => void written.push(`error ${ename}`),
        takeBack: () => void written.push("takeBack"),
        flush: () => Promise.resolve(),
      };
      const result = await answerQuestion({ ...session, question, above: [], context, signal, ...given });
      return { result, written };
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
