/**
 * Selects several cells by mouse as in a list.
 *
 * @module
 */

import type { MouseEvent } from "react";
import type { CellControl } from "../actions/use_cell_control.ts";

/** Elements that handle a press themselves. A press there selects nothing. */
const PRESSED = "button, a, summary, input, .json-tree";

/**
 * Selects all cells up to the pressed one if Shift is held. Otherwise the previous selection is dropped.
 *
 * @param isActive whether the cell is the active one, in which Shift selects text
 */
export function selectByMouse(event: MouseEvent<HTMLElement>, control: CellControl, isActive: boolean): void {
  const { target, currentTarget, button, shiftKey } = event;
  if (button !== 0 || (target as Element).closest(PRESSED) !== null) return;
  if (!shiftKey) return control.collapse();
  if (isActive) return;
  // Otherwise the editor would take the cursor, and the browser would select the text in between.
  event.preventDefault();
  event.stopPropagation();
  control.extendTo(currentTarget.dataset.cell!);
}
