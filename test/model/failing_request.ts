/**
 * A request that fails, for the tests of an OpenAIModel's failures.
 *
 * @module
 */

import { HastyClock } from "../support/hasty_clock.ts";
import { failureOf, openAIModel } from "../support/model_requests.ts";
import { callInPieces } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

/** Sends a request to a server with this script. Returns the failure, and how many requests were sent. */
export async function failing(source: ScriptSource) {
  await using server = await startScriptedModel(source);
  const { error, events } = await failureOf(openAIModel(server, { clock: new HastyClock(20) }));
  return { error, events, requests: server.requests.length, message: error.message.replaceAll(server.host, "HOST") };
}

export const half = callInPieces("stdout", ['{"text":"half']);
