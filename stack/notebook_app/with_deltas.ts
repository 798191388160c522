/**
 * Appends deltas to the Markdown outputs that they name.
 *
 * @module
 */

import type { AppDelta, AppOutput } from "./app_cell.ts";

/**
 * Appends the deltas, in the order of their numbers. The app joins neighbouring outputs first, so the deltas of a
 * Markdown output that was joined to the one before it are lost.
 *
 * @param outputs the result of {@linkcode joinStreams}
 */
export function withDeltas(outputs: readonly AppOutput[], deltas: readonly AppDelta[]): AppOutput[] {
  const inOrder = deltas.toSorted((one, other) => one.sequenceNumber - other.sequenceNumber);
  return outputs.map((output) => {
    if (output.outputType !== "markdown") return output;
    const added = inOrder.filter(({ outputId }) => outputId === output.id).map(({ delta }) => delta);
    return { ...output, data: `${output.data ?? ""}${added.join("")}` };
  });
}
