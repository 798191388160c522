/**
 * Asks a model server which models it has: a question that costs nothing and shows whether the API key is taken.
 *
 * @module
 */

import { redirectTarget } from "../redirect.ts";
import { type ModelEntry, readModelEntry } from "./model_entry.ts";

/** Whom to ask, and as whom. */
export interface ListModelsOptions {
  /** The API key; without one the question is asked without a name. */
  apiKey?: string;
  /** The server's address up to the version: `https://api.openai.com/v1`. */
  baseUrl: string;
  organization?: string;
  project?: string;
}

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
export async function listModels(options: ListModelsOptions, signal: AbortSignal): Promise<ModelList> {
  const { apiKey, baseUrl, organization, project } = options;
  const address = `${baseUrl.replace(/\/+$/, "")}/models`;
  const response = await fetch(address, {
    headers: {
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      ...(organization === undefined ? {} : { "openai-organization": organization }),
      ...(project === undefined ? {} : { "openai-project": project }),
    },
    redirect: "manual",
    signal,
  });
  const body = await response.text();
  const entries = response.ok ? readEntries(body) : undefined;
  return {
    status: response.status,
    models: entries?.map(({ id }) => id),
    ...(entries === undefined ? {} : { entries }),
    redirectedTo: redirectTarget(response, address),
  };
}

function readEntries(body: string): ModelEntry[] | undefined {
  try {
    const { data } = JSON.parse(body);
    return Array.isArray(data) ? data.map(readModelEntry) : undefined;
  } catch {
    return undefined;
  }
}
