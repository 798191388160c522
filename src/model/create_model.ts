/**
 * Makes a model from a program's options, for cells without a notebook.
 *
 * @module
 */

import process from "node:process";
import type { RequestLimiter } from "../async/request_limiter.ts";
import { ConfigurationError } from "../errors.ts";
import type { Model } from "../execution/model.ts";
import { type Logger, silentLogger } from "../logger.ts";
import { environmentKind, limiterKind, loggerKind, signalKind } from "../options/object_kinds.ts";
import { modelServerNames } from "../options/model_server_names.ts";
import { type OptionKinds, unknownOptions, wrongOptions } from "../options/read_options.ts";
import { collectSettings } from "../options/resolve_settings.ts";
import type { AIPythonSettings } from "../options/settings.ts";
import { connectModel } from "./connect_model.ts";

const settingNames = [
  ...modelServerNames,
  "firstByteTimeout",
  "stallTimeout",
] as const satisfies readonly (keyof CreateModelOptions & keyof AIPythonSettings)[];

const kinds: OptionKinds = {
  requestLimiter: limiterKind,
  environment: environmentKind,
  signal: signalKind,
  logger: loggerKind,
};

/**
 * The options of {@linkcode createModel}. Options that are absent or `undefined` come from the environment or from the defaults.
 *
 * ```ts
 * import { createModel, type CreateModelOptions } from "@runt/aipython-runtime-agent";
 *
 * const ollama: CreateModelOptions = { baseUrl: "http://localhost:11434/v1", model: "llama3.2", environment: {} };
 * console.log((await createModel(ollama)).name); // llama3.2
 * ```
 */
export interface CreateModelOptions extends
  Partial<
    Pick<
      AIPythonSettings,
      | "apiKey"
      | "model"
      | "baseUrl"
      | "headers"
      | "api"
      | "insecure"
      | "organization"
      | "project"
      | "contextLength"
      | "firstByteTimeout"
      | "stallTimeout"
    >
  > {
  /** Limits the concurrent requests of all models and agents that share it. Default: no limit. */
  requestLimiter?: RequestLimiter;
  /** The variables that absent options are read from. Default: those of the process. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Aborts the connecting. */
  signal?: AbortSignal;
  /** Receives log lines. Default: none. */
  logger?: Logger;
}

/**
 * Makes a model behind an OpenAI-compatible server: OpenAI itself, Ollama, llama.cpp and others.
 *
 * It asks the server whether it accepts the API key, and for facts about the model. An unreachable server is not an error here: the
 * first cell reports it.
 *
 * ```ts
 * import { createModel, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * // From the environment: OPENAI_API_KEY, OPENAI_BASE_URL, AIPYTHON_MODEL
 * const model = await createModel();
 * const { status } = await new InteractiveShell({ model }).runCell("2 + 2");
 * console.log(model.name, status);
 * ```
 *
 * @param options the server and the model's name. Default: those of the environment, else `gpt-4o-mini` at OpenAI
 * @returns the model. It does not have to be closed
 * @throws {ConfigurationError} with all unknown, missing and wrong options
 * @throws {RefusedError} when OpenAI's own server rejects the API key; for other servers the first cell reports it
 * @throws the signal's reason when the connecting is aborted
 */
export async function createModel(options: CreateModelOptions = {}): Promise<Model> {
  const { requestLimiter, environment, signal, logger = silentLogger, ...given } = options;
  const wrong = [
    ...unknownOptions(options, [...settingNames, ...Object.keys(kinds)]),
    ...wrongOptions({ requestLimiter, environment, signal, logger }, kinds),
  ];
  // The variables of the process are not checked: listing them needs more permissions than reading one.
  const sources = { environment: environment === undefined ? process.env : environmentKind.read(environment) ?? {} };
  const { settings, origins, issues } = collectSettings(given, sources, "library", settingNames);
  if (wrong.length + issues.length > 0) throw new ConfigurationError([...wrong, ...issues]);
  const complete = settings as Pick<AIPythonSettings, typeof settingNames[number]>;
  return await connectModel(complete, logger, signal ?? new AbortController().signal, {
    limiter: requestLimiter,
    isModelChosen: origins.model?.source !== "default",
  });
}
