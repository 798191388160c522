/**
 * Selects several cells by mouse, as in a list.
 *
 * @module
 */

import type { MouseEvent } from "react";
import type { CellControl } from "../actions/use_cell_control.ts";

/** What is pressed by itself, and selects nothing. */
const PRESSED = "button, a, summary, input, .json-tree";

/**
 * Shift selects all cells up to the one that is pressed; without it, what was selected is so no more.
 *
 * @param isActive whether it is the active cell, in which Shift selects text
 */
export function selectByMouse(event: MouseEvent<HTMLElement>, control: CellControl, isActive: boolean): void {
  const { target, currentTarget, button, shiftKey } = event;
  if (button !== 0 || (target as Element).closest(PRESSED) !== null) return;
  if (!shiftKey) return control.collapse();
  if (isActive) return;
  // The editor would put its cursor there, and the browser would select what is between.
  event.preventDefault();
  event.stopPropagation();
  control.extendTo(currentTarget.dataset.cell!);
}
