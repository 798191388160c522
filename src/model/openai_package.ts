/**
 * Loads the openai package, which takes a few tenths of a second, and makes a client that decides nothing by itself.
 *
 * @module
 */

import type { OpenAI } from "openai";
import { fetchWholeErrors } from "./failure/error_response.ts";
import { accessHeaders, type ServerAccess, serverUrl } from "./server_access.ts";

/** The part of the openai package that is used. */
export interface OpenAIPackage {
  /** A client for one server and one key. */
  client: OpenAI;
}

/** The key for the package, which requires one. It is not sent: the headers below carry the credentials. */
const NO_KEY = "none";

/** The longest delay of a timer, in milliseconds. It switches off the package's own timeout, which covers only headers. */
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
    // The package reads these from the environment if they are undefined.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    fetch: fetchWholeErrors,
    // The key and the notebook's code must not be sent to another server.
    fetchOptions: { redirect: "manual" },
  });
  return { client };
}
