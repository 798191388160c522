/**
 * Makes the model that the settings name, once its server has taken the API key and told how it takes requests.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { checkApiKey } from "./check_api_key.ts";
import type { OpenAIModel } from "./openai_model.ts";
import type { RequestLimiter } from "../async/request_limiter.ts";
import { learnFromServer } from "./servers/learn_from_server.ts";

/** The settings that a model depends on. */
export type ModelSettings = Pick<
  AIPythonSettings,
  "model" | "apiKey" | "baseUrl" | "api" | "organization" | "project" | "firstByteTimeout" | "stallTimeout"
>;

/**
 * Makes a model. The package that talks to its server is loaded meanwhile; it takes most of a second.
 *
 * @param signal gives up
 * @param limiter says when a request may begin; at once, unless given
 * @throws {RefusedError} the server does not take the API key
 */
export async function connectModel(
  settings: ModelSettings,
  logger: Logger,
  signal: AbortSignal,
  limiter?: RequestLimiter,
): Promise<OpenAIModel> {
  const [{ OpenAIModel }] = await Promise.all([
    import("./openai_model.ts"),
    askOnce(settings, logger, signal),
  ]);
  const { model, apiKey, baseUrl, api, organization, project, firstByteTimeout, stallTimeout } = settings;
  return new OpenAIModel({
    model,
    apiKey,
    baseUrl,
    api,
    organization,
    project,
    firstByteTimeoutMs: firstByteTimeout * 1000,
    stallTimeoutMs: stallTimeout * 1000,
    limiter,
    logger,
  });
}

/** Asks for the list of models, which shows whether the key is taken, and for what else the server tells of the model. */
async function askOnce(settings: ModelSettings, logger: Logger, signal: AbortSignal): Promise<void> {
  const list = await checkApiKey({ ...settings, logger }, signal);
  if (list !== undefined) await learnFromServer({ ...settings, list, logger }, signal);
}
