/**
 * Chooses the model, also if the settings do not choose one.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";
import { isOpenAI } from "../options/model_server.ts";
import { findModelName } from "./same_model.ts";

/**
 * The model that replaces the default at OpenAI's own address once the default is switched off. It is the cheapest model that takes
 * tools, reasons and has a large context, by OpenAI's list of models (https://platform.openai.com/docs/models, autumn 2026).
 */
const OPENAI_SUCCESSOR = "gpt-6-luna";

/** The maximum number of models that an error names, so that it stays short. */
const MODELS_NAMED = 8;

export interface ModelChoice {
  /** The model of the settings, or the default. */
  model: string;
  /** Whether the settings chose it. Otherwise it is the default. */
  isChosen: boolean;
  baseUrl: string;
  /** The models that the server lists; absent if it has no list. */
  listed?: readonly string[];
}

/** The chosen model, and the reason for the log if it is not the one of the settings. */
export interface ChosenModel {
  model: string;
  note?: string;
}

/**
 * A model that the settings chose is used even if the server does not list it: servers know more names than they list. The default is
 * used if the server lists it or has no list. Otherwise the model is the default's successor at OpenAI's own server, and the only
 * listed model at another server.
 *
 * @throws {ConfigurationError} when no model was chosen and the server lists several other models
 */
export function chooseModel({ model, isChosen, baseUrl, listed }: ModelChoice): ChosenModel {
  if (isChosen || listed === undefined || listed.length === 0 || findModelName(listed, model) !== undefined) {
    return { model };
  }
  const { host } = new URL(baseUrl);
  if (isOpenAI(baseUrl)) {
    return { model: OPENAI_SUCCESSOR, note: `${host} has no ${model} any more, and no model was chosen` };
  }
  if (listed.length === 1) return { model: listed[0], note: `it is the only model that ${host} lists` };
  const named = listed.slice(0, MODELS_NAMED).join(", ");
  const more = listed.length > MODELS_NAMED ? ` and ${listed.length - MODELS_NAMED} more` : "";
  throw new ConfigurationError([{
    option: "model",
    message: `no model was chosen, and ${host} lists ${named}${more}: give one of them with --model NAME or set ` +
      "AIPYTHON_MODEL",
  }]);
}
