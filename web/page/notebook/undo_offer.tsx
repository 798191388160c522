/**
 * A notice that outputs were cleared, with a button to restore them, because they have cost money.
 *
 * @module
 */

import { useEffect, useState, useSyncExternalStore } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { startsOfCells, stillValid } from "../actions/kept_outputs.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import { IconButton } from "../widget/icon_button.tsx";

export interface UndoOfferProps {
  notebook: NotebookStore;
  control: CellControl;
  /** The selected cell. It gets the focus afterwards. */
  selected?: string;
}

/** Renders the notice while outputs can be restored, unless it is closed. */
export function UndoOffer({ notebook, control, selected }: UndoOfferProps) {
  const { undoable } = control.actions;
  const top = useSyncExternalStore(undoable.subscribe, () => undoable.top);
  const [closed, setClosed] = useState<typeof top>();
  const [isValid, setValid] = useState(false);
  useEffect(() => {
    const step = top?.[0];
    if (step?.kind !== "outputs") return setValid(false);
    return notebook.watch(startsOfCells, () => setValid(stillValid(step.outputs, notebook).length > 0));
  }, [notebook, top]);

  const goBack = () => selected === undefined || control.command(selected);
  const isOffered = top?.[0].kind === "outputs" && top !== closed && isValid;
  return (
    <div role="status">
      {isOffered && (
        <div className="offer">
          Outputs cleared.
          <button
            type="button"
            title="Undo (z)"
            onClick={() => {
              control.undo();
              goBack();
            }}
          >
            Undo
          </button>
          <IconButton
            icon="close"
            label="Close"
            onClick={() => {
              setClosed(top);
              goBack();
            }}
          />
        </div>
      )}
    </div>
  );
}
