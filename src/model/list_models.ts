/**
 * Lists the models of a server, which costs nothing and shows whether the server accepts the API key.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";
import { readBoundedText } from "../read_bounded_text.ts";
import { redirectTarget } from "../redirect.ts";
import { privateFetch } from "../telemetry/private_fetch.ts";
import { fieldsOf, type ModelEntry, readModelEntry } from "./model_entry.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** The maximum size of a list, in bytes. A longer one is cut off, and so is not valid JSON. OpenRouter's list has a megabyte. */
const MAX_LIST_BYTES = 8_388_608;

/** The maximum number of models that are read of a list. The largest routers list a few thousand. */
const MAX_MODELS = 20_000;

/** The server's answer. */
export interface ModelList {
  status: number;
  /** The names of its models; absent if the answer is not a list of models. */
  models?: string[];
  /** The entries of the list, in the same order. */
  entries?: ModelEntry[];
  /** The origin that the server redirects to instead of answering: `https://host:port`. */
  redirectedTo?: string;
}

/**
 * Asks once. Does not follow a redirect, because that would send the key to another server.
 *
 * @throws the error of `fetch` when there is no answer; the signal's reason when it is aborted
 */
export async function listModels(access: ServerAccess, signal: AbortSignal): Promise<ModelList> {
  const { baseUrl } = access;
  const address = serverUrl(baseUrl, "/models").href;
  const response = await privateFetch(address, { headers: accessHeaders(access), redirect: "manual", signal });
  const { text } = await readBoundedText(response, MAX_LIST_BYTES);
  // Azure lists the models that could be deployed, but requests name a deployment.
  const entries = response.ok && !isAzure(baseUrl) ? readEntries(text) : undefined;
  return {
    status: response.status,
    models: entries?.map(({ id }) => id),
    ...(entries === undefined ? {} : { entries }),
    redirectedTo: redirectTarget(response, address),
  };
}

/** Reads a list in OpenAI's form, or a bare array, which Together sends. */
function readEntries(body: string): ModelEntry[] | undefined {
  try {
    const answer = JSON.parse(body);
    const list = Array.isArray(answer) ? answer : fieldsOf(answer).data;
    return Array.isArray(list) ? list.slice(0, MAX_MODELS).map(readModelEntry) : undefined;
  } catch {
    return undefined;
  }
}
