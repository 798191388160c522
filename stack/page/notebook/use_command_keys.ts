/**
 * The keys of command mode, as in Jupyter.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import { readCommandKey } from "./command_key.ts";
import type { CellControl, Selection } from "./use_cell_control.ts";

/** A second `d` deletes if it follows within this time, in milliseconds. */
const DOUBLE_KEY_MS = 800;

/** What has keys of its own. */
const OWN_KEYS = "input, textarea, select, button, a, summary, dialog, [contenteditable=true], .json-tree";

/**
 * Listens to the keys of command mode.
 *
 * @param showKeys shows the list of keys
 */
export function useCommandKeys(selection: Selection, control: CellControl, showKeys: () => void): void {
  const latest = useRef(selection);
  latest.current = selection;
  useEffect(() => {
    let lastD = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.target as Element).closest(OWN_KEYS) !== null) return;
      const command = readCommandKey(event);
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
        case "delete": {
          const isSecond = event.timeStamp - lastD < DOUBLE_KEY_MS;
          lastD = isSecond ? -Infinity : event.timeStamp;
          if (isSecond) control.remove(cellId);
        }
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [control, showKeys]);
}
