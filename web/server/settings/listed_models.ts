/**
 * The models that the server in the panel lists.
 *
 * @module
 */

import { createSanitizer } from "../../../src/check/sanitize_result.ts";
import { readNetworkFailure } from "../../../src/check/network_failure.ts";
import { locateServer } from "../../../src/model/locate_server.ts";
import type { CollectedSettings } from "../../../src/options/resolve_settings.ts";
import { describeIssues } from "./model_settings.ts";

/** A model. */
export interface ListedModel {
  id: string;
  /** The day from which it is not served any more, as the server writes it. */
  shutdownDate?: string;
}

/** What became of the question. */
export interface ModelListing {
  models: ListedModel[];
  /** Why there is no list, as a sentence. */
  problem?: string;
}

/** How long an answer is waited for, in seconds: somebody is looking on. */
const PATIENCE_S = 15;

/** The most models that a page is told: more than the largest routers list. */
const MOST_MODELS = 5_000;

/**
 * Asks the server. No redirect is followed.
 *
 * @param collected the settings in question
 * @param secrets what must not be told, though the server repeats it
 * @param signal gives up
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
    if (entries === undefined) return { models: [], problem: `${host} lists no models to us (HTTP ${status}).` };
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
