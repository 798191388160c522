/**
 * Markdown that has grown: an output with the deltas that name it.
 *
 * @module
 */

import type { AppDelta, AppOutput } from "./app_cell.ts";

/**
 * Appends the deltas, in the order of their numbers. The app joins neighbouring outputs first: of Markdown that was joined to another the
 * deltas are lost.
 *
 * @param outputs as {@linkcode joinStreams} has joined them
 */
export function withDeltas(outputs: readonly AppOutput[], deltas: readonly AppDelta[]): AppOutput[] {
  const inOrder = deltas.toSorted((one, other) => one.sequenceNumber - other.sequenceNumber);
  return outputs.map((output) => {
    if (output.outputType !== "markdown") return output;
    const added = inOrder.filter(({ outputId }) => outputId === output.id).map(({ delta }) => delta);
    return { ...output, data: `${output.data ?? ""}${added.join("")}` };
  });
}
