/**
 * The keys of command mode, as in Jupyter.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import { readCommandKey } from "./command_key.ts";
import type { CellControl, Selection } from "./use_cell_control.ts";

/** The second of two keys counts if it follows within this time, in milliseconds. */
const DOUBLE_KEY_MS = 800;

/** What has all keys to itself. */
const OWN_KEYS = "input, textarea, select, dialog, [contenteditable=true], .json-tree";

/** What is pressed by Enter, and leaves other keys to the notebook. */
const PRESSED = "button, a, summary";

/**
 * Listens to the keys of command mode.
 *
 * @param showKeys shows the list of keys
 */
export function useCommandKeys(selection: Selection, control: CellControl, showKeys: () => void): void {
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
      if (event.defaultPrevented || target.closest(OWN_KEYS) !== null) return;
      if (event.key === "Enter" && target.closest(PRESSED) !== null) return;
      const command = readCommandKey(event);
      const isDouble = isSecond(event);
      const { cellId } = latest.current;
      if (command === undefined) return;
      if (command === "keys") return showKeys();
      if (command === "undo") return control.undoRemove();
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
        case "move up":
          return actions.moveCell(cellId, -1);
        case "move down":
          return actions.moveCell(cellId, 1);
        case "delete":
          return isDouble ? control.remove(cellId) : undefined;
        case "interrupt":
          return isDouble ? actions.interruptAll() : undefined;
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [control, showKeys]);
}

function isSave({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "s" && (ctrlKey || metaKey);
}
