/**
 * The selected cell, whether it is edited, and the actions of keys and buttons on it.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import { isAnswered } from "./execution_requests.ts";
import type { NewCellType, NotebookActions } from "./notebook_actions.ts";
import type { RunKind, Selection } from "./selection.ts";
import { makeSelectionControl, type SelectionControl } from "./selection_control.ts";

/** Actions on cells that also update the selection. */
export interface CellControl extends SelectionControl {
  readonly actions: NotebookActions;
  /** Selects a cell without moving the focus. */
  select(id: string): void;
  /** Ends editing when the cell itself has got the focus. */
  leaveEditor(id: string): void;
  /** Selects a cell for commands. */
  command(id: string): void;
  /** Shows a cell's text in its editor without moving the focus. */
  reveal(id: string): void;
  /** Puts the cursor into a cell. */
  edit(id: string, at?: "start" | "end"): void;
  /** Starts editing when a cell's editor has got the focus. */
  startEditing(id: string): void;
  /** Moves to the previous or next cell, for commands or for editing. */
  step(id: string, direction: -1 | 1, target: "cell" | "editor"): void;
  /** Runs a cell (a Markdown cell is rendered), then moves the selection as `kind` says. */
  run(id: string, kind: RunKind): void;
  /** Adds a cell, and edits it or only selects it. */
  add(index: number, type: NewCellType, target: "cell" | "editor"): void;
  /** Asks the AI in a new cell below how to fix a cell that failed. */
  fix(id: string): void;
  /** Deletes a cell and selects the next one. */
  remove(id: string): void;
  undo(): void;
}

/** Keeps the selection in a component's state. The control stays the same object. */
export function useCellControl(actions: NotebookActions): { selection: Selection; control: CellControl } {
  const [selection, setSelection] = useState<Selection>(() => firstSelection(actions));
  const present = useRef(selection);
  present.current = selection;
  const control = useMemo(() => makeControl(actions, setSelection, () => present.current), [actions]);
  return { selection, control };
}

/** Edits the cell of a new notebook; selects nothing in another one, which is opened to be read. */
function firstSelection({ cells }: NotebookActions): Selection {
  const [cell] = cells;
  if (cell === undefined) return { isEditing: false };
  const isNew = cells.length === 1 && cell.cellType === "code" && cell.source === "";
  return { cellId: cell.id, isEditing: isNew, focus: isNew ? { cellId: cell.id, target: "editor" } : undefined };
}

function makeControl(
  actions: NotebookActions,
  setSelection: (change: (before: Selection) => Selection) => void,
  present: () => Selection,
): CellControl {
  const focusOn = (cellId: string, target: "cell" | "editor", at?: "start" | "end") =>
    setSelection(() => ({ cellId, isEditing: target === "editor", focus: { cellId, target, at } }));
  const indexOf = (id: string) => actions.cells.findIndex((cell) => cell.id === id);

  const control: CellControl = {
    ...makeSelectionControl({
      actions,
      setSelection,
      present,
      focusOn,
      run: (id, kind) => control.run(id, kind),
      add: (index, type, target) => control.add(index, type, target),
    }),
    actions,
    select: (cellId) => setSelection((before) => before.cellId === cellId ? before : { cellId, isEditing: false }),
    leaveEditor: (cellId) =>
      setSelection((before) => before.cellId === cellId && !before.isEditing ? before : { cellId, isEditing: false }),
    command: (id) => focusOn(id, "cell"),
    reveal(id) {
      actions.edits.setVisible([id], "source", true);
      setSelection(() => ({ cellId: id, isEditing: true }));
    },
    edit(id, at) {
      actions.edits.setVisible([id], "source", true);
      focusOn(id, "editor", at);
    },
    startEditing: (cellId) =>
      setSelection((before) => before.cellId === cellId && before.isEditing ? before : { cellId, isEditing: true }),
    step(id, direction, target) {
      const next = actions.cells[indexOf(id) + direction];
      if (next === undefined) return;
      // A Markdown cell and a cell with a hidden source are selected, not edited, on the way.
      const isRead = next.cellType === "markdown" || !next.sourceVisible;
      focusOn(next.id, isRead ? "cell" : target, direction === 1 ? "start" : "end");
    },
    run(id, kind) {
      actions.run(id);
      const index = indexOf(id);
      if (kind === "insert" || (kind === "advance" && index === actions.cells.length - 1)) {
        return control.add(index + 1, "code", "editor");
      }
      if (kind === "advance") return focusOn(actions.cells[index + 1].id, "cell");
      const cell = actions.cells[index];
      if (cell === undefined || !isAnswered(cell)) focusOn(id, "cell");
    },
    add: (index, type, target) => focusOn(actions.addCell(index, type), target),
    fix(id) {
      const asked = actions.askToFix(id);
      if (asked !== undefined) focusOn(asked, "cell");
    },
    remove(id) {
      const { cells } = actions;
      const index = indexOf(id);
      const next = cells[index + 1] ?? cells[index - 1];
      actions.deleteCell(id);
      if (next !== undefined && present().cellId === id) focusOn(next.id, "cell");
    },
    undo() {
      const id = actions.undo();
      if (id !== undefined && !control.selected().includes(id)) focusOn(id, "cell");
    },
  };
  return control;
}
