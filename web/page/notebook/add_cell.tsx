/**
 * Adds a cell at the end.
 *
 * @module
 */

import type { CellControl } from "../actions/use_cell_control.ts";
import { Icon } from "../widget/icon.tsx";

/** Draws the two buttons. */
export function AddCell({ control, index }: { control: CellControl; index: number }) {
  return (
    <div className="add-cell">
      <button type="button" onClick={() => control.add(index, "code", "editor")}>
        <Icon name="add" /> Code
      </button>
      <button type="button" onClick={() => control.add(index, "markdown", "editor")}>
        <Icon name="add" /> Text
      </button>
    </div>
  );
}
