/**
 * The events that an OpenAIModel yields for scripted steps.
 *
 * @module
 */

import { collect, openAIModel } from "../support/model_requests.ts";
import type { Step } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

/** Returns the events of an answer with these steps. */
export async function eventsOf(steps: Step[], options: { bytesPerWrite?: number } = {}) {
  await using server = await startScriptedModel(steps, options);
  return await collect(openAIModel(server));
}
