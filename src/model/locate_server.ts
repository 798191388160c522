/**
 * Finds the interface of a model server if its base URL lacks the version.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";
import { privateFetch } from "../telemetry/private_fetch.ts";
import { listModels, type ModelList } from "./list_models.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** A server's list of models, and the base URL of its interface. */
export interface LocatedServer {
  /** The answer of the server to `GET /models`. */
  list: ModelList;
  /** The base URL where the list was found, or the one of the settings. */
  baseUrl: string;
  /** Whether there is neither a list nor completions, at a base URL without a path and at its `/v1`. */
  hasNoInterface?: boolean;
}

/** The version that most base URLs end in. */
const VERSION = "/v1";

/** A version, or the end of Google's and Azure's base URLs. */
const HAS_VERSION = /\/v\d|\/openai$/;

/** The statuses of a path that a server does not have. LM Studio answers every path with 200. */
const UNKNOWN_PATH: ReadonlySet<number> = new Set([200, 404, 405]);

/** The statuses of a list that exists but needs another key. */
const KNOWN_LIST: ReadonlySet<number> = new Set([401, 403]);

/**
 * Lists the models of a server. If the base URL has neither a list nor completions, but has a list below `/v1`, then `/v1` is added to
 * the base URL. The host stays the same, so the key may be sent there.
 *
 * @throws the error of `fetch` when there is no answer; the signal's reason when it is aborted
 */
export async function locateServer(access: ServerAccess, signal: AbortSignal): Promise<LocatedServer> {
  const { baseUrl } = access;
  const list = await listModels(access, signal);
  const located = { list, baseUrl };
  if (!lacksVersion(baseUrl) || list.models !== undefined || !UNKNOWN_PATH.has(list.status)) return located;
  const longer = { ...access, baseUrl: withVersion(baseUrl) };
  try {
    const other = await listModels(longer, signal);
    const isThere = other.models !== undefined || KNOWN_LIST.has(other.status);
    if (!isThere && new URL(baseUrl).pathname !== "/") return located;
    // Perplexity has completions without a version, and other interfaces below one.
    if (!UNKNOWN_PATH.has(await askEmpty(access, signal))) return located;
    return isThere ? { list: other, baseUrl: longer.baseUrl } : { ...located, hasNoInterface: true };
  } catch {
    signal.throwIfAborted();
    return located;
  }
}

/** Whether a base URL may lack the version that most base URLs have. */
function lacksVersion(baseUrl: string): boolean {
  return !isAzure(baseUrl) && !HAS_VERSION.test(new URL(baseUrl).pathname.replace(/\/+$/, ""));
}

function withVersion(baseUrl: string): string {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + VERSION;
  return url.href;
}

/** Returns the status of a completion request without content. Every server rejects it, so it costs nothing. */
async function askEmpty(access: ServerAccess, signal: AbortSignal): Promise<number> {
  const response = await privateFetch(serverUrl(access.baseUrl, "/chat/completions"), {
    method: "POST",
    body: "{}",
    headers: { ...accessHeaders(access), "content-type": "application/json" },
    redirect: "manual",
    signal,
  });
  await response.body?.cancel();
  return response.status;
}
