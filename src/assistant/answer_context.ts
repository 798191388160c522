/**
 * The interface between the assistant and the notebook that shows its answer.
 *
 * @module
 */

import type { ExecutionContext } from "../execution/execution_context.ts";

/** The output of one AI cell. All methods return immediately, and their effects appear in the order of the calls. */
export interface AnswerContext extends Pick<ExecutionContext, "stderr" | "error" | "waiting" | "flush"> {
  /** Appends Markdown to the answer. An empty text has no effect. */
  markdown(text: string): void;
  /** Removes everything that the cell shows. */
  takeBack(): void;
}
