/**
 * A request that fails, for the tests of an OpenAIModel's failures.
 *
 * @module
 */

import { HastyClock } from "../support/hasty_clock.ts";
import { failureOf, openAIModel } from "../support/model_requests.ts";
import { callInPieces } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

/** The failure that a script leads to, after `requests` requests. */
export async function failing(source: ScriptSource) {
  await using server = await startScriptedModel(source);
  const { error, events } = await failureOf(openAIModel(server, { clock: new HastyClock(20) }));
  return { error, events, requests: server.requests.length, message: error.message.replaceAll(server.host, "HOST") };
}

export const half = callInPieces("stdout", ['{"text":"half']);
