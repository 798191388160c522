/**
 * Finds the interface of a model server whose base URL lacks the version.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";
import { privateFetch } from "../telemetry/private_fetch.ts";
import { listModels, type ModelList } from "./list_models.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** A server's list of models, and the base URL below which its interface is. */
export interface LocatedServer {
  list: ModelList;
  baseUrl: string;
  /** Whether a base URL without a path has neither a list nor completions, and `/v1` neither. */
  isNowhere?: boolean;
}

/** The version that most base URLs end in. */
const VERSION = "/v1";

/** A version, or the end of Google's and Azure's base URLs. */
const HAS_VERSION = /\/v\d|\/openai$/;

/** The statuses of a path that a server does not know; 200 stands for LM Studio, which answers so to every path. */
const UNKNOWN_PATH: ReadonlySet<number> = new Set([200, 404, 405]);

/** The statuses of a list that is there: also one that is not for everybody. */
const KNOWN_LIST: ReadonlySet<number> = new Set([401, 403]);

/**
 * Lists the models of a server. Where there is no list, and no completions either, but a list behind `/v1`, that is the base URL: it is
 * of the same host, to which the key may go.
 *
 * @throws what `fetch` throws when there is no answer; the signal's reason once it is aborted
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
    // Perplexity has completions without a version, and other things behind one.
    if (!UNKNOWN_PATH.has(await askEmpty(access, signal))) return located;
    return isThere ? { list: other, baseUrl: longer.baseUrl } : { ...located, isNowhere: true };
  } catch {
    signal.throwIfAborted();
    return located;
  }
}

/** Whether a base URL may lack the version that most have. */
function lacksVersion(baseUrl: string): boolean {
  return !isAzure(baseUrl) && !HAS_VERSION.test(new URL(baseUrl).pathname.replace(/\/+$/, ""));
}

/** The base URL with the version at its end. */
function withVersion(baseUrl: string): string {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, "") + VERSION;
  return url.href;
}

/** The status of a request for a completion of nothing, which no server gives. */
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
