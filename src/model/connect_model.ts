/**
 * Makes the model that the settings name. First checks the API key and asks the server how it takes requests.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { checkApiKey } from "./check_api_key.ts";
import { chooseModel } from "./choose_model.ts";
import type { OpenAIModel } from "./openai_model.ts";
import type { RequestLimiter } from "../async/request_limiter.ts";
import type { ModelFailure } from "./model_failure.ts";
import { findModel } from "./same_model.ts";
import type { ServerAccess } from "./server_access.ts";
import { ServerLearner } from "./servers/server_learner.ts";

/** The settings that a model depends on. */
export type ModelSettings =
  & ServerAccess
  & Pick<AIPythonSettings, "model" | "api" | "contextLength" | "firstByteTimeout" | "stallTimeout">;

/** Options that are not settings. */
export interface ConnectOptions {
  /** Limits the requests that are in flight at a time. Default: no limit. */
  limiter?: RequestLimiter;
  /** Whether the settings chose the model. A default may be replaced by a model that the server has. Default: true. */
  isModelChosen?: boolean;
  /** Whether a cell runs right away, whose output will report an unreachable server. Default: false. */
  isCellNext?: boolean;
  /** Called with each problem that is likely to make cells fail. */
  onDoubt?: (doubt: ModelFailure) => void;
}

/**
 * Makes a model. Loads the openai package at the same time, which takes most of a second.
 *
 * @throws {RefusedError} when OpenAI's own server rejects the API key
 * @throws {ConfigurationError} when no model was chosen and the server lists several models without the default
 */
export async function connectModel(
  settings: ModelSettings,
  logger: Logger,
  signal: AbortSignal,
  { limiter, isModelChosen = true, isCellNext, onDoubt }: ConnectOptions = {},
): Promise<OpenAIModel> {
  const [{ OpenAIModel }, { model, baseUrl, learner }] = await Promise.all([
    import("./openai_model.ts"),
    askServer({ ...settings, isCellNext, onDoubt }, isModelChosen, logger, signal),
  ]);
  const { apiKey, headers, api, contextLength, organization, project, firstByteTimeout, stallTimeout } = settings;
  return new OpenAIModel({
    model,
    apiKey,
    baseUrl,
    headers,
    api,
    organization,
    project,
    firstByteTimeoutMs: firstByteTimeout * 1000,
    stallTimeoutMs: stallTimeout * 1000,
    limiter,
    logger,
    contextLength,
    prepare: (signal) => learner.beforeRequest(signal),
  });
}

/**
 * Lists the models, which shows whether the server accepts the key, and asks for the properties of the model.
 *
 * @returns the model, the base URL of its interface, and the learner that asks again before later requests
 */
async function askServer(
  settings: ModelSettings & Pick<ConnectOptions, "isCellNext" | "onDoubt">,
  isChosen: boolean,
  logger: Logger,
  signal: AbortSignal,
): Promise<{ model: string; baseUrl: string; learner: ServerLearner }> {
  const located = await checkApiKey({ ...settings, model: isChosen ? settings.model : undefined, logger }, signal);
  const { list, baseUrl = settings.baseUrl } = located ?? {};
  const { model, note } = chooseModel({ ...settings, isChosen, listed: list?.models });
  if (note !== undefined) logger.info(`the model is ${model}: ${note}`);
  const until = findModel(list?.entries ?? [], model)?.shutdownDate;
  if (until !== undefined) logger.warn("the model server will switch this model off", { model, on: until });
  const learner = new ServerLearner({ ...settings, baseUrl, model, logger });
  await learner.learn(list, signal);
  return { model, baseUrl, learner };
}
