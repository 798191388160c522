/**
 * Makes the model that the settings name, once its server has taken the API key and told how it takes requests.
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

/** How a model is connected, besides its settings. */
export interface ConnectOptions {
  /** Says when a request may begin. Default: at once. */
  limiter?: RequestLimiter;
  /** Whether somebody chose the model; a default may be replaced by what the server has. Default: true. */
  isModelChosen?: boolean;
  /** Whether a cell is run right away, which says itself that the server cannot be reached. Default: false. */
  isCellNext?: boolean;
  /** Called with what makes it likely that cells will fail. */
  onDoubt?: (doubt: ModelFailure) => void;
}

/**
 * Makes a model. The package that talks to its server is loaded meanwhile; it takes most of a second.
 *
 * @param signal aborts the connecting
 * @throws {RefusedError} the server does not take the API key
 * @throws {ConfigurationError} nobody chose a model, and the server has several but not the default
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
 * Asks for the list of models, which shows whether the key is taken, and for what else the server tells of the model.
 *
 * @returns the model to ask, the base URL where it is, and what learns more of it before later requests
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
