/**
 * Loads the openai package, which takes a few tenths of a second, and sets its client up so that it decides nothing by itself.
 *
 * @module
 */

import type { OpenAI } from "openai";
import { fetchWholeErrors } from "./failure/error_response.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** What is used of the openai package. */
export interface OpenAIPackage {
  /** A client for one server and one key. */
  client: OpenAI;
}

/** Stands where the package insists on a key. It is not sent: the headers below say who asks. */
const NO_KEY = "none";

/** Switches the package's own timeout off, which covers headers only: the longest delay that a timer takes, in milliseconds. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** Loads the package and makes a client that neither retries, nor times out, nor writes to the console. */
export async function loadOpenAI(access: ServerAccess): Promise<OpenAIPackage> {
  const { OpenAI } = await import("openai");
  const url = serverUrl(access.baseUrl, "");
  const defaultQuery = Object.fromEntries(url.searchParams);
  url.search = "";
  const client = new OpenAI({
    apiKey: NO_KEY,
    baseURL: url.href,
    defaultQuery,
    defaultHeaders: { authorization: null, ...accessHeaders(access) },
    // What is not given here the package would look for in the environment.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    fetch: fetchWholeErrors,
    // The key and the notebook's code are for this server alone.
    fetchOptions: { redirect: "manual" },
  });
  return { client };
}
