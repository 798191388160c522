/**
 * Where an answer goes: the interface between the assistant and the notebook that shows it.
 *
 * @module
 */

import type { ExecutionContext } from "../execution/execution_context.ts";

/** The output side of one AI cell. Its methods return at once and keep the order in which they were called. */
export interface AnswerContext extends Pick<ExecutionContext, "stderr" | "error" | "waiting" | "flush"> {
  /** Appends Markdown to the answer. An empty text writes nothing. */
  markdown(text: string): void;
  /** Takes back all that the cell shows. */
  takeBack(): void;
}
