/**
 * Keeps what the list of notebooks says of this one true: its title and its cells.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api } from "../api/api.ts";
import { type CellRow, metadata } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";

/** The list is told this long after the last change, in milliseconds. */
const PAUSE_MS = 1_000;

/** Tells the list of changes, and returns the notebook's title. */
export function useListing(id: string, notebook: NotebookStore, cells: readonly CellRow[]): string {
  const rows: readonly { key: string; value: string }[] = useRows(notebook, metadata);
  const title = rows.find(({ key }) => key === "title")?.value ?? "Untitled";
  const contents = cells.map((cell) => `${cell.id} ${cell.source} ${cell.executionCount}`).join("\n");
  const told = useRef(`${title}\n${contents}`);
  const pending = useRef(() => {});
  useEffect(() => {
    document.title = `${title} · AIPython`;
    return () => {
      document.title = "AIPython";
    };
  }, [title]);
  useEffect(() => {
    const news = `${title}\n${contents}`;
    if (told.current === news) return;
    pending.current = () => {
      pending.current = () => {};
      told.current = news;
      // The list is told again with the next change.
      api.changeNotebook(id, { title, cells: cells.length }).catch(() => {});
    };
    const timer = setTimeout(() => pending.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, title, contents]);
  // Who leaves within the pause finds on the list what was changed last.
  useEffect(() => () => pending.current(), [id]);
  return title;
}
