/**
 * Loads the openai package, which takes a few tenths of a second, and sets its client up so that it decides nothing by itself.
 *
 * @module
 */

import type { OpenAI } from "openai";
import { fetchWholeErrors } from "./failure/error_response.ts";

/** What is used of the openai package. */
export interface OpenAIPackage {
  /** A client for one server and one key. */
  client: OpenAI;
}

/** Whom the client speaks to, and as whom. */
export interface OpenAIClientOptions {
  /** The API key. */
  apiKey: string;
  /** The server's address up to the version. */
  baseUrl: string;
  /** OpenAI's organization id. */
  organization?: string;
  /** OpenAI's project id. */
  project?: string;
}

/** Switches the package's own timeout off, which covers headers only: the longest delay that a timer takes, in milliseconds. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

/** Loads the package and makes a client that neither retries, nor times out, nor writes to the console. */
export async function loadOpenAI(options: OpenAIClientOptions): Promise<OpenAIPackage> {
  const { OpenAI } = await import("openai");
  const { apiKey, baseUrl, organization = null, project = null } = options;
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    organization,
    project,
    // What is not given here the package would look for in the environment.
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
