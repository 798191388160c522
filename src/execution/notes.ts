/**
 * The notes of the agent to the person on stderr.
 *
 * @module
 */

import type { CellOutput } from "./cell_output.ts";

export const NOTE_PREFIX = "[AIPython] ";

const NOTE_LINE = /(?<=^|\n)\[AIPython\] [^\n]*\n?/g;

/** Removes the notes from a cell's outputs. They are not output of the cell, and a model that sees them would imitate them. */
export function withoutNotes(outputs: readonly CellOutput[]): CellOutput[] {
  return outputs.flatMap((output) => {
    if (output.type !== "stream" || output.name !== "stderr" || !output.text.includes(NOTE_PREFIX)) return [output];
    const text = output.text.replaceAll(NOTE_LINE, "");
    return text === "" ? [] : [{ ...output, text }];
  });
}

/** Returns the notes in a cell's outputs, without their prefix. */
export function notesIn(outputs: readonly CellOutput[]): string[] {
  const text = outputs.map((output) => output.type === "stream" && output.name === "stderr" ? output.text : "").join(
    "",
  );
  return (text.match(NOTE_LINE) ?? []).map((line) => line.slice(NOTE_PREFIX.length).trim());
}

/** Whether an output contains a note with this beginning. */
export function hasNote(outputs: readonly CellOutput[], beginning: string): boolean {
  return outputs.some((output) =>
    output.type === "stream" && output.name === "stderr" && `\n${output.text}`.includes(`\n${beginning}`)
  );
}
