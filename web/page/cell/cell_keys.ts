/**
 * The keys of a cell's editor that are about the cell, not about its text.
 *
 * @module
 */

import { completionStatus } from "@codemirror/autocomplete";
import type { EditorView, KeyBinding } from "@codemirror/view";
import type { RunKind } from "../actions/selection.ts";

/** What such a key does. */
export interface CellKeyEvents {
  /** Esc. */
  onEscape(): void;
  onRun(kind: RunKind): void;
  /** The cell is to be split at its cursor, or at both ends of what is selected. */
  onSplit(from: number, to: number): void;
  /** An arrow that leads out of the cell. */
  onLeave(direction: -1 | 1): void;
}

/** The keys; `events` is asked at each. */
export function cellKeys(events: () => CellKeyEvents): KeyBinding[] {
  const run = (kind: RunKind) => () => {
    events().onRun(kind);
    return true;
  };
  const leave = (direction: -1 | 1) => (view: EditorView) => {
    if (completionStatus(view.state) !== null || !isOnEdge(view, direction)) return false;
    events().onLeave(direction);
    return true;
  };
  const split = ({ state }: EditorView) => {
    const { from, to } = state.selection.main;
    events().onSplit(from, to);
    return true;
  };
  return [
    { key: "Ctrl-Shift--", run: split },
    // What Shift and - make on most keyboards.
    { key: "Ctrl-_", run: split },
    { key: "Shift-Enter", run: run("advance") },
    { key: "Mod-Enter", run: run("stay") },
    { key: "Alt-Enter", run: run("insert") },
    { key: "ArrowUp", run: leave(-1) },
    { key: "ArrowDown", run: leave(1) },
    {
      key: "Escape",
      run: ({ dom }: EditorView) => {
        if (dom.querySelector(".cm-tooltip") !== null) return false;
        events().onEscape();
        return true;
      },
    },
  ];
}

/** Whether the cursor is in the first line, or in the last one, as lines are seen: a long one may be wrapped. */
function isOnEdge(view: EditorView, direction: -1 | 1): boolean {
  const { main } = view.state.selection;
  if (!main.empty) return false;
  const { head } = view.moveVertically(main, direction === 1);
  const edge = direction === 1 ? view.state.doc.length : 0;
  const here = view.coordsAtPos(main.head, main.assoc < 0 ? -1 : 1);
  const there = view.coordsAtPos(edge, direction === 1 ? -1 : 1);
  return head === main.head || (here !== null && there !== null && here.top < there.bottom && there.top < here.bottom);
}
