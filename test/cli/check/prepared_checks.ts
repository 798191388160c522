/**
 * Prepares checks with a scripted model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, callInPieces, result } from "../../support/scripted_answer.ts";
import {
  type Script,
  type ScriptedModelOptions,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { apiKey, checkAsJson } from "./check_process.ts";

/** The right answer to the first cell. */
export const five = answer(callInPieces("execute_result", ['{"data":{"text/', 'plain":', '"5"}}']));

/**
 * Answers the first cell with the given script, and the second with the code that the first cell's output in the history
 * contains.
 */
export const withMemory = (first: Script): ScriptSource => ({ body }) => {
  if (!body.messages.at(-1).content.endsWith("\ncode")) return first;
  const [, code = "?"] = /the code is (\d+)/.exec(JSON.stringify(body.messages)) ?? [];
  return answer(result(code));
};

/** A list of models that contains the default model. */
export const models = { body: { data: [{ id: "gpt-4o" }, { id: "gpt-4o-mini" }] } };

/** Returns the host and port of a server that has been stopped. */
export async function unusedHost(): Promise<string> {
  const server = await startScriptedModel([]);
  await server.stop();
  return server.host;
}

/** Prepares checks of a model without a notebook server. `checkWith` runs `aipython check --json` with a scripted model. */
export async function prepareChecks() {
  const nobody = await unusedHost();
  const nobodysSyncUrl = `ws://${nobody}/livestore`;
  const environment = (baseUrl: string) => ({
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: baseUrl,
    AIPYTHON_MODEL: "gpt-4o-mini",
    LIVESTORE_SYNC_URL: nobodysSyncUrl,
    NOTEBOOK_ID: "notebook",
    AUTH_TOKEN: "some-secret-token",
  });
  const checkWith = async (
    source: ScriptSource,
    options: ScriptedModelOptions = { models },
    args: readonly string[] = [],
    more: Record<string, string> = {},
  ) => {
    await using model = await startScriptedModel(source, options);
    const variables = { ...environment(model.baseUrl), ...more };
    const all = await checkAsJson(variables, ["--log-level", "debug", ...args]);
    assert.ok(!all.written.includes(apiKey) && !all.written.includes("some-secret-token"), all.written);
    return { ...all, model: { host: model.host, requests: model.requests.length, listings: model.listings } };
  };
  return { nobody, nobodysSyncUrl, environment, checkWith };
}
