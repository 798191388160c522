/**
 * The keys of command mode, as in Jupyter.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import { readCommandKey, readRunKey, type RunCommand } from "./command_key.ts";
import type { CellControl, Selection } from "./use_cell_control.ts";

/** The second of two keys counts if it follows within this time, in milliseconds. */
const DOUBLE_KEY_MS = 800;

/** What has all keys to itself. */
const OWN_KEYS = "input, textarea, select, dialog, [contenteditable=true], .json-tree";

/** What is in front of the notebook. */
const IN_FRONT = "dialog, [role=menu]";

/** What is pressed by Enter, and leaves other keys to the notebook. */
const PRESSED = "button, a, summary";

/** What keys do to the page as a whole. The same functions every time. */
export interface PageCommands {
  /** Shows the list of keys. */
  showKeys(): void;
  restart(): void;
  /** Shows what the model was asked for a cell, and what it answered. */
  showTrace(cellId: string): void;
}

/** Listens to the keys of command mode, and to those that run several cells. */
export function useCommandKeys(
  selection: Selection,
  control: CellControl,
  { showKeys, restart, showTrace }: PageCommands,
): void {
  const latest = useRef(selection);
  latest.current = selection;
  useEffect(() => {
    let before = { key: "", at: -Infinity };
    /** Whether the same key was pressed just before; the third in a row is a first again. */
    const isSecond = ({ key, timeStamp: at }: KeyboardEvent) => {
      const isDouble = before.key === key && at - before.at < DOUBLE_KEY_MS;
      before = isDouble ? { key: "", at: -Infinity } : { key, at };
      return isDouble;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (isSave(event)) {
        // Everything is kept as it is typed; the browser would save the page's own code.
        event.preventDefault();
        return control.actions.drafts.flushAll();
      }
      const run = readRunKey(event);
      if (run !== undefined && target.closest(IN_FRONT) === null) {
        event.preventDefault();
        return runSeveral(run, control, latest.current.cellId);
      }
      if (event.defaultPrevented || target.closest(OWN_KEYS) !== null) return;
      if (event.key === "Enter" && target.closest(PRESSED) !== null) return;
      const command = readCommandKey(event);
      const isDouble = isSecond(event);
      const { cellId } = latest.current;
      if (command === undefined) return;
      if (command === "keys") return showKeys();
      if (command === "undo") return control.undo();
      if (cellId === undefined) return;
      event.preventDefault();
      const { actions } = control;
      const index = actions.cells.findIndex((cell) => cell.id === cellId);
      switch (command) {
        case "previous":
          return control.step(cellId, -1, "cell");
        case "next":
          return control.step(cellId, 1, "cell");
        case "edit":
          return control.edit(cellId);
        case "run":
          return control.run(cellId, "stay");
        case "run and go on":
          return control.run(cellId, "advance");
        case "run and insert":
          return control.run(cellId, "insert");
        case "above":
          return control.add(index, "code", "cell");
        case "below":
          return control.add(index + 1, "code", "cell");
        case "text":
          return actions.setType(cellId, "markdown");
        case "code":
          return actions.setType(cellId, "code");
        case "ask":
          return actions.setType(cellId, "ai");
        case "move up":
          return actions.moveCell(cellId, -1);
        case "move down":
          return actions.moveCell(cellId, 1);
        case "delete":
          return isDouble ? control.remove(cellId) : undefined;
        case "interrupt":
          return isDouble ? actions.interruptAll() : undefined;
        case "restart":
          return isDouble ? restart() : undefined;
        case "asked and answered":
          return showTrace(cellId);
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [control, showKeys, restart, showTrace]);
}

function runSeveral(command: RunCommand, { actions }: CellControl, cellId: string | undefined): void {
  switch (command) {
    case "run all":
      return actions.runAll();
    case "run one by one":
      return actions.runOneByOne();
    case "run above":
      return cellId === undefined ? undefined : actions.runAbove(cellId);
    case "run below":
      return cellId === undefined ? undefined : actions.runBelow(cellId);
  }
}

function isSave({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "s" && (ctrlKey || metaKey);
}
