/**
 * Joins consecutive pieces of a stream or of Markdown, as the app does before it draws.
 *
 * @module
 */

import type { AppOutput } from "./app_cell.ts";

/** Joins the pieces without a separator. The result has the id of the first one. */
export function joinStreams(outputs: readonly AppOutput[]): AppOutput[] {
  const joined: AppOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (last !== undefined && continues(last, output)) {
      joined[joined.length - 1] = { ...last, data: `${last.data}${output.data}` };
    } else joined.push(output);
  }
  return joined;
}

function continues(last: AppOutput, next: AppOutput): boolean {
  if (typeof last.data !== "string" || typeof next.data !== "string" || last.outputType !== next.outputType) {
    return false;
  }
  return next.outputType === "markdown" || (next.outputType === "terminal" && next.streamName === last.streamName);
}
