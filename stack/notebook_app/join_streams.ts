/**
 * Outputs as they are drawn: pieces of a stream or of markdown that follow each other are one.
 *
 * @module
 */

import type { AppOutput } from "./app_cell.ts";

/** Joins the pieces, with nothing between; the first one gives its id. */
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
