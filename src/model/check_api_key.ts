/**
 * Asks a model server at the start whether it takes the API key, so that a wrong one is not found out in somebody's notebook.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { listModels, type ModelList } from "./list_models.ts";

/** How long the answer is waited for, in milliseconds; a server that is slower is asked again by the first cell. */
const TIMEOUT_MS = 5_000;

/** What is needed to ask. */
export interface CheckApiKeyOptions {
  /** The model that somebody chose; it is looked for in the list. */
  model?: string;
  apiKey: string;
  /** The server's address up to the version: `https://api.openai.com/v1`. */
  baseUrl: string;
  organization?: string;
  project?: string;
  /** Told what is odd but no reason to stop. */
  logger: Logger;
  /** Whether a cell is run right away, which says itself that the server cannot be reached. Default: false. */
  isCellNext?: boolean;
}

/**
 * Lists the server's models, which costs nothing. Only a refused key is an error: not every server has such a list, and one that
 * cannot be reached now may be there when the first cell runs.
 *
 * @returns the list, or nothing where the server was not reached
 * @throws {RefusedError} the server does not take the API key (HTTP 401)
 * @throws the signal's reason, once it is aborted
 */
export async function checkApiKey(options: CheckApiKeyOptions, signal: AbortSignal): Promise<ModelList | undefined> {
  const { model, apiKey, baseUrl, organization, project, logger } = options;
  const { host } = new URL(baseUrl);
  try {
    const list = await listModels(
      { apiKey, baseUrl, organization, project },
      AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    );
    const { status, models: known, redirectedTo } = list;
    if (status === 401) throw refused(host);
    if (redirectedTo !== undefined) {
      logger.warn("the model server sends us elsewhere, where the API key is not taken; cells will fail", {
        server: host,
        to: redirectedTo,
      });
    }
    if (known !== undefined && model !== undefined && !known.includes(model)) {
      logger.warn("the model server does not list this model", { server: host, model });
    }
    return list;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    signal.throwIfAborted();
    const level = options.isCellNext ? "debug" : "warn";
    logger[level]("cannot reach the model server now; cells will fail until it answers", { server: host });
    return undefined;
  }
}

function refused(host: string): RefusedError {
  return new RefusedError(
    "model",
    `the model server ${host} does not take the API key (HTTP 401): give one that is valid there with --api-key ` +
      "(OPENAI_API_KEY), or another server with --base-url (OPENAI_BASE_URL)",
  );
}
