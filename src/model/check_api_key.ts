/**
 * Asks a model server at the start whether it takes the API key, so that a wrong one is not found out in somebody's notebook.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { bareAddress } from "../options/bare_address.ts";
import { isOpenAI } from "../options/model_server.ts";
import { type LocatedServer, locateServer } from "./locate_server.ts";
import type { ModelFailure } from "./model_failure.ts";
import { findModelName } from "./same_model.ts";
import { isAuthorized, type ServerAccess } from "./server_access.ts";

/** How long the answer is waited for, in milliseconds; a server that is slower is asked again by the first cell. */
const TIMEOUT_MS = 5_000;

/** What is needed to ask. */
export interface CheckApiKeyOptions extends ServerAccess {
  /** The model that somebody chose; it is looked for in the list. */
  model?: string;
  /** Told what is odd but no reason to stop. */
  logger: Logger;
  /** Whether a cell is run right away, which says itself that the server cannot be reached. Default: false. */
  isCellNext?: boolean;
  /** Called with what makes it likely that cells will fail. Default: nobody is. */
  onDoubt?: (doubt: ModelFailure) => void;
}

/**
 * Lists the server's models, which costs nothing. An error is only a key that OpenAI's own server refuses: others may refuse the list
 * and not the cells, some have no list, and one that cannot be reached now may be there when the first cell runs.
 *
 * @returns the list and where it was found, or nothing where the server was not reached
 * @throws {RefusedError} OpenAI's own server does not take the API key (HTTP 401)
 * @throws the signal's reason, once it is aborted
 */
export async function checkApiKey(
  options: CheckApiKeyOptions,
  signal: AbortSignal,
): Promise<LocatedServer | undefined> {
  const { model: _model, logger, onDoubt, ...access } = options;
  const { host } = new URL(access.baseUrl);
  try {
    const located = await locateServer(access, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
    const { list } = located;
    if (list.status === 401 && isOpenAI(access.baseUrl)) throw refused(host);
    warn(located, options);
    if (located.baseUrl !== access.baseUrl) {
      logger.info("the model server's interface is at another address: give it as the base URL", {
        address: bareAddress(located.baseUrl),
      });
    }
    return located;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    signal.throwIfAborted();
    const message = `${host} cannot be reached. Check its address, and that it is running.`;
    onDoubt?.({ kind: "unreachable", message, isDoubt: true });
    const level = options.isCellNext ? "debug" : "warn";
    logger[level]("cannot reach the model server now; cells will fail until it answers", { server: host });
    return undefined;
  }
}

/** Tells what is odd about a server. */
function warn({ list: { status, models, redirectedTo }, isNowhere }: LocatedServer, options: CheckApiKeyOptions): void {
  const { model, baseUrl, logger } = options;
  const { host } = new URL(baseUrl);
  const doubt = (kind: ModelFailure["kind"], message: string) =>
    options.onDoubt?.({ kind, status, message, isDoubt: true });
  if (models !== undefined && model !== undefined && findModelName(models, model) === undefined) {
    logger.warn("the model server does not list this model", { server: host, model });
    doubt("bad_request", `${host} does not list the model "${model}". If cells fail, choose one that it lists.`);
  }
  if (status === 401) {
    const what = isAuthorized(options)
      ? "does not take the API key for its list of models"
      : "asks for an API key, and there is none";
    doubt("refused", `${host} ${what} (401). If cells fail, give a key that is valid there.`);
    logger.warn(
      isAuthorized(options)
        ? "the model server does not take the API key for its list of models; cells fail unless it does for them"
        : "the model server asks for an API key, and there is none: give it with --api-key (OPENAI_API_KEY)",
      { server: host, status },
    );
  }
  if (redirectedTo !== undefined) {
    doubt(
      "bad_request",
      `${host} sends us elsewhere, where nothing is sent. If that is right, give its address.`,
    );
    logger.warn("the model server sends us elsewhere, where the API key is not taken; cells will fail", {
      server: host,
      to: redirectedTo,
    });
  }
  if (isNowhere) {
    doubt("bad_request", `There is nothing at ${bareAddress(baseUrl)}, which lacks a path: most addresses end in /v1.`);
    logger.warn("the model server has nothing at the base URL, which lacks a path: most end in /v1", { server: host });
  }
}

function refused(host: string): RefusedError {
  return new RefusedError(
    "model",
    `the model server ${host} does not take the API key (HTTP 401): give one that is valid there with --api-key ` +
      "(OPENAI_API_KEY), or another server with --base-url (OPENAI_BASE_URL)",
  );
}
