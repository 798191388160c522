/**
 * The notes on stderr in which the agent itself speaks to the person.
 *
 * @module
 */

import type { CellOutput } from "./cell_output.ts";

/** How each of them begins. */
export const NOTE_PREFIX = "[AIPython] ";

/** Such a line. */
const NOTE_LINE = /(?<=^|\n)\[AIPython\] [^\n]*\n?/g;

/** Leaves the notes out: they are no output of the cell's, and a model that was told of them would write such lines. */
export function withoutNotes(outputs: readonly CellOutput[]): CellOutput[] {
  return outputs.flatMap((output) => {
    if (output.type !== "stream" || output.name !== "stderr" || !output.text.includes(NOTE_PREFIX)) return [output];
    const text = output.text.replaceAll(NOTE_LINE, "");
    return text === "" ? [] : [{ ...output, text }];
  });
}

/** The notes in a cell's outputs, without what they begin with. */
export function notesIn(outputs: readonly CellOutput[]): string[] {
  const text = outputs.map((output) => output.type === "stream" && output.name === "stderr" ? output.text : "").join(
    "",
  );
  return (text.match(NOTE_LINE) ?? []).map((line) => line.slice(NOTE_PREFIX.length).trim());
}

/** Whether one of the outputs has a note that begins with these words. */
export function hasNote(outputs: readonly CellOutput[], beginning: string): boolean {
  return outputs.some((output) =>
    output.type === "stream" && output.name === "stderr" && `\n${output.text}`.includes(`\n${beginning}`)
  );
}
