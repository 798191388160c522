/**
 * The cost of a notebook's cells according to the server.
 *
 * @module
 */

import { api, type NotebookUsage } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";

/** @param news when this value changes, the cost is requested again */
export function useUsage(notebookId: string, news: unknown): NotebookUsage | undefined {
  return useAnswer(() => api.usage(notebookId), [notebookId, news]).value;
}
