/**
 * Checks the API key when the program starts, so that a wrong key does not first show as a failed cell.
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

/** The longest wait for the answer, in milliseconds. The first cell asks a slower server again. */
const TIMEOUT_MS = 5_000;

/** The server, and where to report problems. */
export interface CheckApiKeyOptions extends ServerAccess {
  /** The model that the settings choose. It is looked up in the list. Absent if no model was chosen. */
  model?: string;
  /** Receives warnings about problems that are not a reason to stop. */
  logger: Logger;
  /** Whether a cell runs right away, whose output will report an unreachable server. Default: false. */
  isCellNext?: boolean;
  /** Called with each problem that is likely to make cells fail. */
  onDoubt?: (doubt: ModelFailure) => void;
}

/**
 * Lists the server's models, which costs nothing. Throws only if OpenAI's own server rejects the key. Other servers may reject the
 * list but not the requests of cells, some have no list, and a server that is unreachable now may run when the first cell does.
 *
 * @returns the list and the base URL where it was found, or `undefined` if the server was not reached
 * @throws {RefusedError} when OpenAI's own server rejects the API key (HTTP 401)
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

/** Reports problems of a server that was reached. */
function warn(
  { list: { status, models, redirectedTo }, hasNoInterface }: LocatedServer,
  options: CheckApiKeyOptions,
): void {
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
      ? "does not accept the API key for its list of models"
      : "requires an API key, and there is none";
    doubt("refused", `${host} ${what} (401). If cells fail, give a key that is valid there.`);
    logger.warn(
      isAuthorized(options)
        ? "the model server does not accept the API key for its list of models; cells fail unless it accepts the key for them"
        : "the model server requires an API key, and there is none: give it with --api-key (OPENAI_API_KEY)",
      { server: host, status },
    );
  }
  if (redirectedTo !== undefined) {
    doubt(
      "bad_request",
      `${host} redirects to another server, where nothing is sent. If that is the right server, give its address.`,
    );
    logger.warn("the model server redirects to another server, where the API key is not sent; cells will fail", {
      server: host,
      to: redirectedTo,
    });
  }
  if (hasNoInterface) {
    doubt("bad_request", `There is nothing at ${bareAddress(baseUrl)}, which lacks a path: most addresses end in /v1.`);
    logger.warn("the model server has nothing at the base URL, which lacks a path: most end in /v1", { server: host });
  }
}

function refused(host: string): RefusedError {
  return new RefusedError(
    "model",
    `the model server ${host} does not accept the API key (HTTP 401): give one that is valid there with --api-key ` +
      "(OPENAI_API_KEY), or another server with --base-url (OPENAI_BASE_URL)",
  );
}
