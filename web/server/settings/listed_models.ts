/**
 * The list of models of the server in the panel.
 *
 * @module
 */

import { createSanitizer } from "../../../src/check/sanitize_result.ts";
import { readNetworkFailure } from "../../../src/check/network_failure.ts";
import { locateServer } from "../../../src/model/locate_server.ts";
import type { CollectedSettings } from "../../../src/options/resolve_settings.ts";
import { describeIssues } from "./model_settings.ts";

export interface ListedModel {
  id: string;
  /** The day on which the model is shut down, in the server's format. */
  shutdownDate?: string;
}

/** The result of a request for the list. */
export interface ModelListing {
  models: ListedModel[];
  /** The reason there is no list, as a sentence. */
  problem?: string;
}

/** The longest time for an answer, in seconds. A person is waiting. */
const PATIENCE_S = 15;

/** The most models in the list: more than the largest routers have. */
const MOST_MODELS = 5_000;

/**
 * Requests the list. Redirects are not followed.
 *
 * @param secrets texts that are removed from the answer, because the server may repeat them
 */
export async function listServerModels(
  collected: CollectedSettings,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<ModelListing> {
  const { baseUrl, apiKey, headers, organization, project } = collected.settings;
  if (baseUrl === undefined) return { models: [], problem: describeIssues(collected).join("\n") };
  const { quote } = createSanitizer(secrets);
  const { host } = new URL(baseUrl);
  const access = { baseUrl, apiKey, headers, organization, project };
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_S * 1000)]);
    const { list: { entries, status } } = await locateServer(access, deadline);
    if (entries === undefined) return { models: [], problem: `${host} does not list its models (HTTP ${status}).` };
    const models = entries.slice(0, MOST_MODELS).map(({ id, shutdownDate }) => ({
      id: quote(id),
      ...(shutdownDate === undefined ? {} : { shutdownDate: quote(shutdownDate) }),
    }));
    return { models };
  } catch (error) {
    signal.throwIfAborted();
    return {
      models: [],
      problem: `${host} cannot be reached: ${quote(readNetworkFailure(error, PATIENCE_S).reason)}.`,
    };
  }
}
