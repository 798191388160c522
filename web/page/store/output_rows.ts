/**
 * A cell's outputs with the texts appended to them. An answer of the AI arrives as an output and pieces that continue its text.
 *
 * @module
 */

import { useEffect, useMemo, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { type DeltaRow, deltasOf, type OutputRow, outputsOf } from "./queries.ts";
import { useRows } from "./use_rows.ts";

export function outputRows(notebook: NotebookStore, cellId: string): OutputRow[] {
  const rows: readonly OutputRow[] = notebook.query(outputsOf(cellId));
  const ids = growing(rows);
  return ids.length === 0 ? [...rows] : withDeltas(rows, notebook.query(deltasOf(ids)));
}

/** Returns a cell's outputs, and updates them when they change. */
export function useOutputRows(notebook: NotebookStore, cellId: string): readonly OutputRow[] {
  const rows: readonly OutputRow[] = useRows(notebook, useMemo(() => outputsOf(cellId), [cellId]));
  const deltas = useDeltas(notebook, JSON.stringify(growing(rows)));
  return deltas.length === 0 ? rows : withDeltas(rows, deltas);
}

/**
 * Returns the deltas of outputs. Cells without a growing output query none, because such a query runs again at every piece of any
 * answer.
 */
function useDeltas(notebook: NotebookStore, ids: string): readonly DeltaRow[] {
  const read = () => ids === "[]" ? [] : notebook.query(deltasOf(JSON.parse(ids)));
  const [deltas, setDeltas] = useState<readonly DeltaRow[]>(read);
  useEffect(() => {
    if (ids === "[]") return setDeltas([]);
    return notebook.watch<readonly DeltaRow[]>(deltasOf(JSON.parse(ids)), setDeltas);
  }, [notebook, ids]);
  return deltas;
}

/** Returns the ids of outputs that may grow. The notebook app does not show pieces of terminal text either. */
export function growing(rows: readonly OutputRow[]): string[] {
  return rows.filter(({ outputType }) => outputType === "markdown").map(({ id }) => id);
}

function withDeltas(rows: readonly OutputRow[], deltas: readonly DeltaRow[]): OutputRow[] {
  const texts = new Map<string, string>();
  for (const { outputId, delta } of deltas) texts.set(outputId, (texts.get(outputId) ?? "") + delta);
  return rows.map((row) => {
    const text = texts.get(row.id);
    return text === undefined ? row : { ...row, data: (row.data ?? "") + text };
  });
}
