/**
 * Asks a model server about a model before the first request.
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

/** The server, and the model to ask about. */
export interface ServerFactsOptions extends ServerAccess {
  model: string;
  /** The server's answer to `GET /models`. */
  list: ModelList;
  /** Receives a debug message if the server does not answer. Default: silent. */
  logger?: Logger;
  /** Default: the system's. */
  clock?: Clock;
}

/** The longest wait for the answers beyond the list of models, in milliseconds. The first cell finds out the rest. */
const TIMEOUT_MS = 4_000;

/** A kind of server that has its own interface beside OpenAI's. */
interface ServerKind {
  /** Whether the list of models shows that the server is of this kind. */
  recognize(entry: ModelEntry | undefined, entries: readonly ModelEntry[]): boolean;
  ask(server: ServerInquiry, model: string, signal: AbortSignal): Promise<ServerFacts>;
}

const KINDS: readonly ServerKind[] = [
  {
    recognize: (entry) => entry?.ownedBy === "llamacpp",
    // Loaded only here: the modules that the probes need take a while to load.
    ask: async (...args) => (await import("./llamacpp.ts")).askLlamaCpp(...args),
  },
  {
    // Ollama's models are owned by the namespace that they were pulled from. The default namespace is `library`.
    recognize: (_entry, entries) => entries.some(({ ownedBy }) => ownedBy === "library"),
    ask: askOllama,
  },
  {
    recognize: (entry) => entry?.ownedBy === "organization_owner",
    ask: askLmStudio,
  },
];

/**
 * Collects what is known about a model: from the server's list, from its own interface if the list shows that it has one, and from the
 * model's name. Leaves out everything that the server does not answer in time or answers in an unknown form.
 *
 * @throws the signal's reason, when it is aborted
 */
export async function askServer(options: ServerFactsOptions, signal: AbortSignal): Promise<ServerFacts> {
  const { model, baseUrl, list } = options;
  const entry = findEntry(list.entries, model);
  const isWhole = isWholeService(baseUrl);
  const kind = isWhole ? undefined : KINDS.find(({ recognize }) => recognize(entry, list.entries ?? []));
  const answered = kind === undefined ? {} : await askKind(kind, options, signal);
  const form = answered.form ?? readForm(entry);
  const known = form !== undefined || isWhole ? undefined : knownForm([model, entry?.root ?? ""]);
  const found = form ?? known;
  return {
    // These servers run small models, which repeat the words for cells without output.
    form: kind === undefined ? found : withoutSilence(found ?? DEFAULT_FORM),
    ...(known === undefined ? {} : { formByName: true }),
    ...(answered.isPartial ? { isPartial: true } : {}),
    contextLength: answered.contextLength ?? entry?.contextLength,
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
    logger.debug("the model server does not describe its model", {
      message: bareAddress(String(error)),
    });
    return { isPartial: true };
  } finally {
    cancel();
  }
}

/** Finds the entry of a model. A server with one model accepts any name. */
function findEntry(entries: readonly ModelEntry[] = [], model: string): ModelEntry | undefined {
  return findModel(entries, model) ?? (entries.length === 1 ? entries[0] : undefined);
}

/** Returns the form without tools if the list says that the model takes none. */
function readForm(entry: ModelEntry | undefined): RequestForm | undefined {
  const parameters = entry?.supportedParameters ?? [];
  const isWithout = entry?.takesTools === false || (parameters.length > 0 && !parameters.includes("tools"));
  return isWithout ? TEXT_FORM : undefined;
}
