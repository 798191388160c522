/**
 * The keys of command mode, as in Jupyter.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import { effects, type PageCommands } from "./command_effects.ts";
import { readCommandKey, readFindKey, readRunKey, type RunCommand } from "./command_key.ts";
import type { Selection } from "./selection.ts";
import type { CellControl } from "./use_cell_control.ts";

/** The longest time between two presses that count as a double press, in milliseconds. */
const DOUBLE_KEY_MS = 800;

/** Elements that handle all keys themselves. */
export const OWN_KEYS = "input, textarea, select, dialog, [contenteditable=true], .json-tree";

/** Elements in front of the notebook. */
export const IN_FRONT = "dialog, [role=menu]";

/** Elements that Enter presses. They leave other keys to the notebook. */
const PRESSED = "button, a, summary";

/** Handles the keys of command mode and those that run several cells. */
export function useCommandKeys(selection: Selection, control: CellControl, page: PageCommands): void {
  const latest = useRef(selection);
  latest.current = selection;
  useEffect(() => {
    let before = { key: "", at: -Infinity };
    /** Whether the same key was pressed just before. A third press counts as a first one again. */
    const isSecond = ({ key, timeStamp: at }: KeyboardEvent) => {
      const isDouble = before.key === key && at - before.at < DOUBLE_KEY_MS;
      before = isDouble ? { key: "", at: -Infinity } : { key, at };
      return isDouble;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (isSave(event)) {
        // The page saves while you type; the browser would save the page's HTML.
        event.preventDefault();
        return control.actions.drafts.flushAll();
      }
      const run = readRunKey(event);
      if (run !== undefined && target.closest(IN_FRONT) === null) {
        event.preventDefault();
        return runSeveral(run, control, latest.current.cellId);
      }
      if (event.defaultPrevented) return;
      const find = readFindKey(event);
      if (find !== undefined && target.closest(IN_FRONT) === null) {
        if (page.find(find)) event.preventDefault();
        return;
      }
      if (target.closest(OWN_KEYS) !== null) return;
      if (event.key === "Enter" && target.closest(PRESSED) !== null) return;
      const command = readCommandKey(event);
      const isDouble = isSecond(event);
      if (command === undefined) return;
      const { cellId } = latest.current;
      const index = control.actions.cells.findIndex((cell) => cell.id === cellId);
      // Another person has deleted the cell that was being edited. Letters must not become commands.
      const isAstray = cellId !== undefined && index === -1 && control.actions.cells.length > 0 &&
        event.key.length === 1;
      if (isAstray) return;
      if (command !== "collapse") event.preventDefault();
      control.news.clear();
      effects[command]({ control, page, cellId: index === -1 ? undefined : cellId, index, isDouble });
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [control, page]);
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
