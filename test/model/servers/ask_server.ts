/**
 * Asks a server with the usual options.
 *
 * @module
 */

import { listModels } from "../../../src/model/list_models.ts";
import { describeForm } from "../../../src/model/request_form.ts";
import { askServer, type ServerFactsOptions } from "../../../src/model/servers/ask_server.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";
import type { PathAnswer } from "../../support/path_server.ts";

export const never = new AbortController().signal;

/** Makes a server's list with one model. */
export const list = (entry: object): PathAnswer => ({
  body: { object: "list", data: [{ object: "model", ...entry }] },
});

/** Asks a server about a model. Returns the facts, with the form in words. */
export async function ask(
  server: Pick<ScriptedModelServer, "baseUrl">,
  model: string,
  options: Partial<ServerFactsOptions> = {},
  signal = never,
) {
  const whom = { baseUrl: server.baseUrl, apiKey: TEST_KEY };
  const { form, ...facts } = await askServer(
    { ...whom, model, list: await listModels(whom, never), ...options },
    signal,
  );
  return { form: form && describeForm(form), ...facts };
}
