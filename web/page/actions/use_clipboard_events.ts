/**
 * The browser's copy, cut and paste events for selected cells. They need no permission for the system's clipboard.
 *
 * @module
 */

import { useEffect } from "react";
import type { CellControl } from "./use_cell_control.ts";
import { IN_FRONT, OWN_KEYS } from "./use_command_keys.ts";

/** Copies, cuts and pastes cells. Selected text on the page is left to the browser. */
export function useClipboardEvents(control: CellControl): void {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const take = (event: ClipboardEvent) => {
      const isForCells = getSelection()?.isCollapsed !== false && isOnCells(event) && control.selected().length > 0;
      if (isForCells) {
        event.preventDefault();
        event.clipboardData?.setData("text/plain", control.selectedText());
      }
      return isForCells;
    };
    addEventListener("copy", (event) => take(event) && control.copy(), { signal });
    addEventListener("cut", (event) => take(event) && control.cut(), { signal });
    addEventListener("paste", (event) => {
      if (!isOnCells(event)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      // A picture does not become a cell.
      if (text === "" && (event.clipboardData?.files.length ?? 0) > 0) return;
      event.preventDefault();
      control.paste("below", text);
    }, { signal });
    return () => listening.abort();
  }, [control]);
}

function isOnCells({ target, defaultPrevented }: ClipboardEvent): boolean {
  const element = target instanceof Element ? target : target instanceof Node ? target.parentElement : null;
  return !defaultPrevented && element?.closest(`${OWN_KEYS}, ${IN_FRONT}`) === null;
}
