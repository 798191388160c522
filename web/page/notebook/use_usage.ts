/**
 * What the cells of a notebook have cost, as the server has it.
 *
 * @module
 */

import { api, type NotebookUsage } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";

/**
 * Asks what was spent.
 *
 * @param news asks anew when this changes
 */
export function useUsage(notebookId: string, news: unknown): NotebookUsage | undefined {
  return useAnswer(() => api.usage(notebookId), [notebookId, news]).value;
}
