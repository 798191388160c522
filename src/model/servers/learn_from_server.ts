/**
 * Asks a model server how it takes requests, before the first one is sent.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import type { ApiSetting } from "../../options/settings.ts";
import { type FormMemory, processMemory } from "../form_memory.ts";
import { describeForm, isSameForm, type RequestForm } from "../request_form.ts";
import { askServer, type ServerFactsOptions } from "./ask_server.ts";
import type { ServerFacts } from "./server_facts.ts";

/** The server, the model, and where to keep the result. */
export interface LearnFromServerOptions extends ServerFactsOptions {
  /** Which of OpenAI's interfaces may be used. */
  api: ApiSetting;
  logger: Logger;
  /** Keeps the result. Default: {@linkcode processMemory}. */
  memory?: FormMemory;
  /** A form in the memory that is a guess, and may be replaced. */
  guess?: RequestForm;
}

/**
 * Asks a server about a model, and keeps the form of requests and the context length. Does not ask again about a model whose form is
 * known: the agents of a process share the memory.
 *
 * @returns the facts; `undefined` for a model whose form was known
 * @throws the signal's reason, once it is aborted
 */
export async function learnFromServer(
  options: LearnFromServerOptions,
  signal: AbortSignal,
): Promise<ServerFacts | undefined> {
  const { baseUrl, model, api, logger, guess, memory = processMemory } = options;
  const isKnown = () => ![undefined, guess].includes(memory.recall(baseUrl, model));
  if (isKnown()) return undefined;
  const facts = await askServer(options, signal);
  const { form, formByName, contextLength, shutdownDate } = facts;
  // A request may have been answered meanwhile. The form that it found is more reliable.
  if (form !== undefined && !isKnown()) {
    memory.keep(baseUrl, model, { ...form, api: api === "responses" ? "responses" : "chat" });
    const difference = describeForm(form);
    const who = formByName ? "the model's name" : "the model server";
    const isNew = difference !== "" && (guess === undefined || !isSameForm(form, guess));
    // A person may notice these forms: calls are written as text, or there are more requests.
    const level = form.shape.calls === "text" || !form.parallelCalls ? "info" : "debug";
    if (isNew) logger[level](`learned from ${who} which form of requests it accepts`, { model, form: difference });
  }
  if (contextLength !== undefined) memory.keepContext(baseUrl, model, contextLength);
  if (contextLength !== undefined || shutdownDate !== undefined) {
    logger.debug("learned from the model server about the model", { model, contextLength, shutdownDate });
  }
  return facts;
}
