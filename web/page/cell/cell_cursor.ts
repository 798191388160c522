/**
 * What the editors of cells know: where a cursor stands, what is selected, and whether all of their lines are drawn.
 *
 * @module
 */

import { EditorView } from "@codemirror/view";

/** What is selected in a cell's editor, in code units; absent where the cell has no editor now. */
export function cursorOf(cellId: string): { from: number; to: number } | undefined {
  const place = document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cellId)}"] .cm-editor`);
  return place === null ? undefined : EditorView.findFromDOM(place)?.state.selection.main;
}

/** The text that is selected in the editor that has the focus; empty where none has. */
export function selectedInEditor(): string {
  const place = document.activeElement?.closest<HTMLElement>(".cm-editor");
  const state = place ? EditorView.findFromDOM(place)?.state : undefined;
  return state === undefined ? "" : state.sliceDoc(state.selection.main.from, state.selection.main.to);
}

/** Whether every line of every cell's source stands in the page, so that the browser can find it. */
export function isEveryLineDrawn(): boolean {
  if (document.querySelector('.hidden-part[data-part="source"]') !== null) return false;
  return [...document.querySelectorAll<HTMLElement>(".cm-editor")].every((place) => {
    const view = EditorView.findFromDOM(place);
    return view === null || view.viewport.from === 0 && view.viewport.to === view.state.doc.length;
  });
}
