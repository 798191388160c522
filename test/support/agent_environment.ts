/**
 * The environment with which a command serves a notebook.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";

/**
 * Returns the variables of a notebook and a model server.
 *
 * @param notebook its id may be several ids with commas between them
 * @param model where the model server is
 */
export function agentEnvironment(
  { notebookId, authToken, syncUrl }: NotebookAddress,
  { baseUrl, apiKey = "test-key" }: { baseUrl: string; apiKey?: string },
): Record<string, string> {
  return {
    NOTEBOOK_ID: notebookId,
    AUTH_TOKEN: authToken,
    LIVESTORE_SYNC_URL: syncUrl,
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: baseUrl,
  };
}
