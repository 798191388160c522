/**
 * Asks a model server which models it has: a question that costs nothing and shows whether the API key is taken.
 *
 * @module
 */

import { isAzure } from "../options/azure_address.ts";
import { readBoundedText } from "../read_bounded_text.ts";
import { redirectTarget } from "../redirect.ts";
import { privateFetch } from "../telemetry/private_fetch.ts";
import { fieldsOf, type ModelEntry, readModelEntry } from "./model_entry.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** The most bytes of a list that are read, of which a longer one is none: OpenRouter's has a megabyte. */
const MAX_LIST_BYTES = 8_388_608;

/** The most models that are read of a list: the largest routers list some thousands. */
const MAX_MODELS = 20_000;

/** What the server said. */
export interface ModelList {
  /** The HTTP status. */
  status: number;
  /** The names of its models; absent where the answer is no such list. */
  models?: string[];
  /** What it says about each of them, in the same order. */
  entries?: ModelEntry[];
  /** Where the server sends us instead of answering, as `https://host:port`. */
  redirectedTo?: string;
}

/**
 * Asks once, and follows no redirect: it would carry the key along.
 *
 * @throws what `fetch` throws when there is no answer; the signal's reason once it is aborted
 */
export async function listModels(access: ServerAccess, signal: AbortSignal): Promise<ModelList> {
  const { baseUrl } = access;
  const address = serverUrl(baseUrl, "/models").href;
  const response = await privateFetch(address, { headers: accessHeaders(access), redirect: "manual", signal });
  const { text } = await readBoundedText(response, MAX_LIST_BYTES);
  // Azure lists what could be deployed, and is asked for deployments.
  const entries = response.ok && !isAzure(baseUrl) ? readEntries(text) : undefined;
  return {
    status: response.status,
    models: entries?.map(({ id }) => id),
    ...(entries === undefined ? {} : { entries }),
    redirectedTo: redirectTarget(response, address),
  };
}

/** Reads a list of OpenAI's form, or a bare one as Together has it. */
function readEntries(body: string): ModelEntry[] | undefined {
  try {
    const answer = JSON.parse(body);
    const list = Array.isArray(answer) ? answer : fieldsOf(answer).data;
    return Array.isArray(list) ? list.slice(0, MAX_MODELS).map(readModelEntry) : undefined;
  } catch {
    return undefined;
  }
}
