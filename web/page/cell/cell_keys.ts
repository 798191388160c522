/**
 * Keys in a cell's editor that act on the cell, not on its text.
 *
 * @module
 */

import { completionStatus } from "@codemirror/autocomplete";
import type { EditorView, KeyBinding } from "@codemirror/view";
import type { RunKind } from "../actions/selection.ts";

export interface CellKeyEvents {
  onEscape(): void;
  onRun(kind: RunKind): void;
  /** The cell is to be split at its cursor, or at both ends of its selected text. */
  onSplit(from: number, to: number): void;
  /** An arrow key moved out of the cell. */
  onLeave(direction: -1 | 1): void;
}

/** Returns the key bindings. `events` is called at each key press. */
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
    // Shift and - on most keyboards.
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

/** Whether the cursor is in the first or last visual line. A long line may be wrapped. */
function isOnEdge(view: EditorView, direction: -1 | 1): boolean {
  const { main } = view.state.selection;
  if (!main.empty) return false;
  const { head } = view.moveVertically(main, direction === 1);
  const edge = direction === 1 ? view.state.doc.length : 0;
  const here = view.coordsAtPos(main.head, main.assoc < 0 ? -1 : 1);
  const there = view.coordsAtPos(edge, direction === 1 ? -1 : 1);
  return head === main.head || (here !== null && there !== null && here.top < there.bottom && there.top < here.bottom);
}
