/**
 * Keeps a notebook's title and number of cells up to date in the list of notebooks.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api } from "../api/api.ts";
import { type CellRow, metadata } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";

/** The time after the last change at which the list is updated, in milliseconds. */
const PAUSE_MS = 1_000;

/** Updates the list after changes. Returns the notebook's title. */
export function useListing(id: string, notebook: NotebookStore, cells: readonly CellRow[]): string {
  const rows: readonly { key: string; value: string }[] = useRows(notebook, metadata);
  const title = rows.find(({ key }) => key === "title")?.value ?? "Untitled";
  const contents = cells.map((cell) => `${cell.id} ${cell.source} ${cell.executionCount}`).join("\n");
  const reported = useRef(`${title}\n${contents}`);
  const pending = useRef(() => {});
  useEffect(() => {
    document.title = `${title} · AIPython`;
    return () => {
      document.title = "AIPython";
    };
  }, [title]);
  useEffect(() => {
    const news = `${title}\n${contents}`;
    if (reported.current === news) return;
    pending.current = () => {
      pending.current = () => {};
      reported.current = news;
      // A failed update is made up for by the next change.
      api.changeNotebook(id, { title, cells: cells.length }).catch(() => {});
    };
    const timer = setTimeout(() => pending.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, title, contents]);
  // On leaving the notebook, a pending update is sent at once.
  useEffect(() => () => pending.current(), [id]);
  return title;
}
