/**
 * An AI cell's answer as the notebook app draws it.
 *
 * @module
 */

import { tables } from "../../src/notebook/schema/mod.ts";
import type { AppOutput } from "../../stack/notebook_app/app_cell.ts";
import { joinStreams } from "../../stack/notebook_app/join_streams.ts";
import { withDeltas } from "../../stack/notebook_app/with_deltas.ts";
import type { NotebookClient } from "./notebook_client.ts";

/** Returns the Markdown under a cell, as the app joins it. */
export function drawnAnswer(person: NotebookClient, cellId: string): string {
  const outputs = joinStreams(person.outputs(cellId) as unknown as AppOutput[]);
  return withDeltas(outputs, person.store.query(tables.outputDeltas))
    .filter(({ outputType }) => outputType === "markdown").map(({ data }) => data).join("");
}

/** Resolves when the Markdown contains a text. */
export async function answerHas(person: NotebookClient, cellId: string, text: string): Promise<void> {
  await person.until(
    tables.outputs.where({ cellId }),
    (rows) => rows.some(({ outputType }) => outputType === "markdown"),
  );
  await person.until(tables.outputDeltas, () => drawnAnswer(person, cellId).includes(text));
}
