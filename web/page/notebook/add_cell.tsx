/**
 * Adds a cell at the end.
 *
 * @module
 */

import type { CellControl } from "../actions/use_cell_control.ts";
import { Icon } from "../widget/icon.tsx";

/** What the row needs. */
export interface AddCellProps {
  control: CellControl;
  /** Where the cell goes. */
  index: number;
  /** Whether a question to the AI is answered. */
  canAsk: boolean;
}

/** Draws a button for each kind of cell. */
export function AddCell({ control, index, canAsk }: AddCellProps) {
  return (
    <div className="add-cell">
      <button type="button" onClick={() => control.add(index, "code", "editor")}>
        <Icon name="add" /> Code
      </button>
      <button type="button" onClick={() => control.add(index, "markdown", "editor")}>
        <Icon name="add" /> Text
      </button>
      {canAsk && (
        <button type="button" onClick={() => control.add(index, "ai", "editor")}>
          <Icon name="add" /> Ask AI
        </button>
      )}
    </div>
  );
}
