/**
 * Which cell is selected, whether it is edited, and what the keys and buttons do to it.
 *
 * @module
 */

import { useMemo, useRef, useState } from "react";
import { isAnswered } from "./execution_requests.ts";
import type { NewCellType, NotebookActions } from "./notebook_actions.ts";
import type { RunKind, Selection } from "./selection.ts";
import { makeSelectionControl, type SelectionControl } from "./selection_control.ts";

/** What can be done to cells, with the selection kept right. */
export interface CellControl extends SelectionControl {
  readonly actions: NotebookActions;
  /** Selects a cell, and leaves the focus where it is. */
  select(id: string): void;
  /** A cell itself has the focus: it is not edited any more. */
  leaveEditor(id: string): void;
  /** Selects a cell for commands. */
  command(id: string): void;
  /** Shows a cell's text in its editor, without the focus. */
  reveal(id: string): void;
  /** Puts the cursor into a cell. */
  edit(id: string, at?: "start" | "end"): void;
  /** A cell's editor has the focus. */
  startEditing(id: string): void;
  /** Goes to the cell before or behind, to command or to edit it. */
  step(id: string, direction: -1 | 1, target: "cell" | "editor"): void;
  /** Runs a cell (a cell of text is drawn), and goes on as `kind` says. */
  run(id: string, kind: RunKind): void;
  /** Adds a cell and puts the cursor into it, or selects it only. */
  add(index: number, type: NewCellType, target: "cell" | "editor"): void;
  /** Asks the AI, in a cell below, how to fix a cell that has failed. */
  fix(id: string): void;
  /** Deletes a cell and selects the next. */
  remove(id: string): void;
  /** Undoes what was done last to cells. */
  undo(): void;
}

/** Keeps the selection. The control stays the same object. */
export function useCellControl(actions: NotebookActions): { selection: Selection; control: CellControl } {
  const [selection, setSelection] = useState<Selection>(() => firstSelection(actions));
  const present = useRef(selection);
  present.current = selection;
  const control = useMemo(() => makeControl(actions, setSelection, () => present.current), [actions]);
  return { selection, control };
}

/** A new notebook is there to be typed into; another one is there to be read. */
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
      // A cell of text is read, not edited, on the way; so is one whose source is hidden.
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
