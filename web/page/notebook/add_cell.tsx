/**
 * Buttons that add a cell at the end, or a file.
 *
 * @module
 */

import type { CellControl } from "../actions/use_cell_control.ts";
import { Icon } from "../widget/icon.tsx";
import { UploadButton } from "./upload_button.tsx";

export interface AddCellProps {
  control: CellControl;
  index: number;
  upload(files: readonly File[]): void;
  /** Whether the runtime answers AI cells. */
  canAsk: boolean;
}

export function AddCell({ control, index, canAsk, upload }: AddCellProps) {
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
      <UploadButton onFiles={upload} />
    </div>
  );
}
