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
import { ServerLearner } from "./servers/server_learner.ts";

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
  const learner = new ServerLearner({ ...settings, logger });
  const [{ OpenAIModel }] = await Promise.all([
    import("./openai_model.ts"),
    checkApiKey({ ...settings, logger }, signal).then((list) => learner.learn(list, signal)),
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
    prepare: (signal) => learner.beforeRequest(signal),
  });
}
