/**
 * The actions of keys and menus on all selected cells.
 *
 * @module
 */

import type { CellRow } from "../store/queries.ts";
import { copiedCells, textOfCells } from "./cell_clipboard.ts";
import { isAnswered } from "./execution_requests.ts";
import { LineNumbers } from "./line_numbers.ts";
import { News } from "./news.ts";
import type { NewCellType, NotebookActions } from "./notebook_actions.ts";
import type { RunKind, Selection } from "./selection.ts";
import type { CellPart } from "./undo_stack.ts";

/** The actions on the selected cells. They are adjacent, and one of them is the active cell, which has the focus. */
export interface SelectionControl {
  readonly news: News;
  readonly lineNumbers: LineNumbers;
  /** Returns the ids of the selected cells in order. Empty if the active cell no longer exists. */
  selected(): string[];
  /** Returns the joined text of the selected cells. */
  selectedText(): string;
  /** Extends or shrinks the selection by a cell in this direction, or to the end if `isFar`. */
  extend(direction: -1 | 1, isFar?: boolean): void;
  extendTo(id: string): void;
  selectAll(): void;
  /** Selects only the active cell. */
  collapse(): void;
  /** Runs the cells until one fails, then moves the selection as `kind` says. */
  runSelected(kind: RunKind): void;
  removeSelected(): void;
  moveSelected(by: -1 | 1): void;
  setTypeSelected(type: NewCellType): void;
  /** Hides a part of the cells, or shows it if all of them hide it. */
  toggleVisible(part: CellPart): void;
  copy(): void;
  /** Copies the selected cells, then deletes them. */
  cut(): void;
  /** @param given the text of the system's clipboard, if the browser has passed it */
  paste(where: "above" | "below", given?: string): void;
  /** Merges the cells, or the only selected one with the one below. */
  merge(): void;
  /** Splits a cell at its cursor, or at both ends of its selected text. */
  split(id: string, from: number, to: number): void;
  /** Shows or hides the line numbers of the cells, or of all cells. */
  toggleLineNumbers(isForAll: boolean): void;
}

export interface SelectionParts {
  actions: NotebookActions;
  setSelection(change: (before: Selection) => Selection): void;
  present(): Selection;
  focusOn(cellId: string, target: "cell" | "editor", at?: "start" | "end"): void;
  run(id: string, kind: RunKind): void;
  add(index: number, type: NewCellType, target: "cell" | "editor"): void;
}

/** Returns the ids of the selected cells in order, from the anchor to the active one. */
export function selectedIds(cells: readonly Pick<CellRow, "id">[], { cellId, anchor }: Selection): string[] {
  const ids = cells.map(({ id }) => id);
  const active = ids.indexOf(cellId ?? "");
  if (active === -1) return [];
  const other = anchor === undefined ? -1 : ids.indexOf(anchor);
  const [from, to] = other === -1 ? [active, active] : [Math.min(active, other), Math.max(active, other)];
  return ids.slice(from, to + 1);
}

export function makeSelectionControl(parts: SelectionParts): SelectionControl {
  const { actions, setSelection, present, focusOn } = parts;
  const { edits } = actions;
  const news = new News();
  const lineNumbers = new LineNumbers();
  const selected = () => selectedIds(actions.cells, present());
  const indexOf = (id: string | undefined) => actions.cells.findIndex((cell) => cell.id === id);

  let last = Promise.resolve();
  /** Runs one after the other, so that cut cells are on the clipboard before they are pasted. */
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch((error) => news.complain(`This did not work: ${(error as Error).message}`));
  };

  const select = (cellId: string, anchor: string | undefined) => {
    setSelection(() => ({ cellId, anchor, isEditing: false, focus: { cellId, target: "cell" } }));
    const count = selectedIds(actions.cells, { cellId, anchor, isEditing: false }).length;
    news.say(count === 1 ? "" : `${count} cells selected.`);
  };

  const remove = (ids: readonly string[]) => {
    const { cells } = actions;
    const index = indexOf(ids.at(-1));
    const next = cells[index + 1] ?? cells[indexOf(ids[0]) - 1];
    edits.remove(ids);
    if (next !== undefined) focusOn(next.id, "cell");
  };

  const copy = async (ids: readonly string[], verb: string) => {
    const { count, problem } = await edits.copy(ids);
    const done = `${countOf(count)} ${verb}.`;
    if (problem === undefined) news.say(done);
    else news.complain(`${done} ${problem}`);
  };

  return {
    news,
    lineNumbers,
    selected,
    selectedText() {
      const ids = selected();
      const cells = actions.cells.filter(({ id }) => ids.includes(id));
      return textOfCells(cells.map(({ id, source }) => actions.drafts.read(id) ?? source));
    },
    extend(direction, isFar = false) {
      const { cellId, anchor = cellId } = present();
      const index = indexOf(cellId);
      const { cells } = actions;
      const next = isFar ? cells.at(direction === 1 ? -1 : 0) : cells[index + direction];
      if (index !== -1 && next !== undefined) select(next.id, anchor);
    },
    extendTo(id) {
      const { cellId, anchor = cellId } = present();
      select(id, anchor);
    },
    selectAll() {
      const { cells } = actions;
      if (cells.length > 0) select(cells.at(-1)!.id, cells[0].id);
    },
    collapse() {
      if (present().anchor !== undefined) setSelection(({ anchor: _, ...before }) => before);
    },
    runSelected(kind) {
      const ids = selected();
      if (ids.length <= 1) return ids.forEach((id) => parts.run(id, kind));
      actions.runCells(ids);
      const next = indexOf(ids.at(-1)) + 1;
      if (kind === "insert" || (kind === "advance" && next === actions.cells.length)) {
        return parts.add(next, "code", "editor");
      }
      if (kind === "advance") focusOn(actions.cells[next].id, "cell");
    },
    removeSelected() {
      const ids = selected();
      remove(ids);
      if (ids.length > 1) news.say(`${countOf(ids.length)} deleted.`);
    },
    moveSelected: (by) => edits.move(selected(), by),
    setTypeSelected: (type) => edits.setType(selected(), type),
    toggleVisible(part) {
      const ids = selected();
      const cells = actions.cells.filter(({ id, cellType }) =>
        ids.includes(id) && (part === "source" || isAnswered({ cellType }))
      );
      const isVisible = cells.every((cell) => !(part === "source" ? cell.sourceVisible : cell.outputVisible));
      edits.setVisible(cells.map(({ id }) => id), part, isVisible);
      if (cells.length > 0) news.say(`${part === "source" ? "Source" : "Output"} ${isVisible ? "shown" : "hidden"}.`);
    },
    copy() {
      const ids = selected();
      if (ids.length > 0) inTurn(() => copy(ids, "copied"));
    },
    cut: () =>
      inTurn(async () => {
        const ids = selected();
        if (ids.length === 0) return;
        await copy(ids, "cut");
        remove(ids);
      }),
    paste: (where, given) =>
      inTurn(async () => {
        const copied = await copiedCells(given);
        if (copied === undefined) return news.complain("There is nothing to paste: copy cells with c first.");
        const ids = selected();
        const index = where === "above" ? indexOf(ids[0]) : indexOf(ids.at(-1)) + 1;
        const pasted = edits.paste(copied, ids.length === 0 ? actions.cells.length : index);
        if (pasted.ids.length > 0) focusOn(pasted.ids.at(-1)!, "cell");
        news.say(`${countOf(pasted.ids.length)} pasted.`);
        await pasted.filled;
      }),
    merge() {
      const chosen = selected();
      const below = actions.cells[indexOf(chosen[0]) + 1];
      const ids = chosen.length === 1 && below !== undefined ? [chosen[0], below.id] : chosen;
      const problem = edits.merge(ids);
      if (problem !== undefined) return news.complain(problem);
      focusOn(ids[0], "cell");
      news.say(`${countOf(ids.length)} merged.`);
    },
    split(id, from, to) {
      const isSplit = edits.split(id, from, to);
      if (!isSplit) return news.complain("Nothing was split: put the cursor inside the text of the cell first.");
      focusOn(id, "editor", "start");
      news.say("The cell was split.");
    },
    toggleLineNumbers(isForAll) {
      const isOn = isForAll ? lineNumbers.toggleAll() : lineNumbers.toggle(selected());
      news.say(`Line numbers ${isOn ? "shown" : "hidden"}.`);
    },
  };
}

function countOf(count: number): string {
  return `${count} ${count === 1 ? "cell" : "cells"}`;
}
