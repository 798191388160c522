/**
 * The state of the cells' editors: cursor, selection, and whether all lines are rendered.
 *
 * @module
 */

import { EditorView } from "@codemirror/view";

/** Returns the selection in a cell's editor, in UTF-16 code units. `undefined` if the cell has no editor now. */
export function cursorOf(cellId: string): { from: number; to: number } | undefined {
  const place = document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cellId)}"] .cm-editor`);
  return place === null ? undefined : EditorView.findFromDOM(place)?.state.selection.main;
}

/** Returns the selected text of the focused editor. Empty if no editor has the focus. */
export function selectedInEditor(): string {
  const place = document.activeElement?.closest<HTMLElement>(".cm-editor");
  const state = place ? EditorView.findFromDOM(place)?.state : undefined;
  return state === undefined ? "" : state.sliceDoc(state.selection.main.from, state.selection.main.to);
}

/** Whether every line of every source is in the page, so that the browser's search finds it. */
export function isEveryLineDrawn(): boolean {
  if (document.querySelector('.hidden-part[data-part="source"]') !== null) return false;
  return [...document.querySelectorAll<HTMLElement>(".cm-editor")].every((place) => {
    const view = EditorView.findFromDOM(place);
    return view === null || view.viewport.from === 0 && view.viewport.to === view.state.doc.length;
  });
}
