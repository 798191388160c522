/**
 * The requests of a notebook with cells of code and AI cells, built as the agent builds them.
 *
 * @module
 */

import type { NotebookCell } from "../../src/assistant/notebook_cell.ts";
import { buildQuestion } from "../../src/assistant/question_conversation.ts";
import { DEFAULT_HISTORY_TOKENS } from "../../src/execution/prompt/past.ts";
import { buildRequests, requestText, type SessionOptions } from "./session_requests.ts";

/** The requests in the order in which they are sent. Each kind has its own cache key. */
export interface NotebookRequests {
  code: string[];
  /** The requests of AI cells. */
  questions: string[];
}

/** Builds the requests of a notebook as the agent does when its cells run from top to bottom. */
export function notebookRequests(cells: readonly NotebookCell[], options: SessionOptions): NotebookRequests {
  const { form, historyTokens = DEFAULT_HISTORY_TOKENS } = options;
  const entries = cells.flatMap(({ cellType, source: code, outputs, executionCount, files }) =>
    cellType === "code" && executionCount !== undefined ? [{ code, outputs: [...outputs], executionCount, files }] : []
  );
  const questions = cells.flatMap(({ cellType, source: question, files }, index) => {
    if (cellType !== "ai") return [];
    const above = cells.slice(0, index);
    const fileNames = [...new Set(above.flatMap(({ files = [] }) => files.map(({ name }) => name)))].sort();
    const messages = buildQuestion({ ...options, question, above, fileNames, files, historyTokens });
    return [requestText(messages, [], form)];
  });
  return { code: buildRequests(entries, options).map(({ text }) => text), questions };
}
