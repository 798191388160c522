/**
 * Asks a model server what it tells about a model before the first request.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import { type Logger, silentLogger } from "../../logger.ts";
import { bareAddress } from "../../options/bare_address.ts";
import type { ModelList } from "../list_models.ts";
import type { ModelEntry } from "../model_entry.ts";
import { DEFAULT_FORM, type RequestForm } from "../request_form.ts";
import { findModel } from "../same_model.ts";
import type { ServerAccess } from "../server_access.ts";
import { TEXT_FORM, withoutSilence } from "./candidate_forms.ts";
import { isWholeService, knownForm } from "./known_models.ts";
import { askLmStudio } from "./lm_studio.ts";
import { askOllama } from "./ollama.ts";
import type { ServerFacts } from "./server_facts.ts";
import { ServerInquiry } from "./server_inquiry.ts";

/** Whom to ask about which model. */
export interface ServerFactsOptions extends ServerAccess {
  /** The model's name. */
  model: string;
  /** What the server answered to `GET /models`. */
  list: ModelList;
  /** Told what could not be learnt. Default: silent. */
  logger?: Logger;
  /** Default: the machine's. */
  clock?: Clock;
}

/** How long a server is asked beyond its list of models, in milliseconds: the first cell finds out what it did not tell. */
const TIMEOUT_MS = 4_000;

/** A kind of server that has an interface of its own. */
interface ServerKind {
  /** Whether the server says that it is of this kind. */
  recognize(entry: ModelEntry | undefined, entries: readonly ModelEntry[]): boolean;
  /** Asks it. */
  ask(server: ServerInquiry, model: string, signal: AbortSignal): Promise<ServerFacts>;
}

const KINDS: readonly ServerKind[] = [
  {
    recognize: (entry) => entry?.ownedBy === "llamacpp",
    // The probes are made of what takes a while to load.
    ask: async (...args) => (await import("./llamacpp.ts")).askLlamaCpp(...args),
  },
  {
    // Ollama's models are owned by the namespace that they were pulled from, which is `library` unless it is named.
    recognize: (_entry, entries) => entries.some(({ ownedBy }) => ownedBy === "library"),
    ask: askOllama,
  },
  {
    recognize: (entry) => entry?.ownedBy === "organization_owner",
    ask: askLmStudio,
  },
];

/**
 * Asks a server about a model: by its list, by its own interface if the list says that it has one, and at last by the model's name.
 * What it does not answer in time, or not sensibly, is left out.
 *
 * @throws the signal's reason, once it is aborted
 */
export async function askServer(options: ServerFactsOptions, signal: AbortSignal): Promise<ServerFacts> {
  const { model, baseUrl, list } = options;
  const entry = findEntry(list.entries, model);
  const isWhole = isWholeService(baseUrl);
  const kind = isWhole ? undefined : KINDS.find(({ recognize }) => recognize(entry, list.entries ?? []));
  const told = kind === undefined ? {} : await askKind(kind, options, signal);
  const form = told.form ?? readForm(entry);
  const known = form !== undefined || isWhole ? undefined : knownForm([model, entry?.root ?? ""]);
  const found = form ?? known;
  return {
    // What these servers run is small.
    form: kind === undefined ? found : withoutSilence(found ?? DEFAULT_FORM),
    ...(known === undefined ? {} : { formByName: true }),
    ...(told.isPartial ? { isPartial: true } : {}),
    contextLength: told.contextLength ?? entry?.contextLength,
    shutdownDate: entry?.shutdownDate,
  };
}

async function askKind(
  kind: ServerKind,
  { model, logger = silentLogger, clock = systemClock, ...access }: ServerFactsOptions,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const limit = new AbortController();
  const cancel = clock.setTimer(() => limit.abort(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  const either = AbortSignal.any([signal, limit.signal]);
  try {
    return await kind.ask(new ServerInquiry(access, either), model, either);
  } catch (error) {
    signal.throwIfAborted();
    logger.debug("the model server does not tell more about its model", {
      message: bareAddress(String(error)),
    });
    return { isPartial: true };
  } finally {
    cancel();
  }
}

/** A server of one model answers to any name. */
function findEntry(entries: readonly ModelEntry[] = [], model: string): ModelEntry | undefined {
  return findModel(entries, model) ?? (entries.length === 1 ? entries[0] : undefined);
}

/** What the list itself says of tools. */
function readForm(entry: ModelEntry | undefined): RequestForm | undefined {
  const parameters = entry?.supportedParameters ?? [];
  const isWithout = entry?.takesTools === false || (parameters.length > 0 && !parameters.includes("tools"));
  return isWithout ? TEXT_FORM : undefined;
}
