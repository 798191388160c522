/**
 * The buttons of a cell, except the one that runs it.
 *
 * @module
 */

import { useContext } from "react";
import type { CellControl } from "../actions/use_cell_control.ts";
import type { CellRow } from "../store/queries.ts";
import { ShowTrace } from "../trace/trace_provider.tsx";
import { IconButton } from "../widget/icon_button.tsx";

export interface CellToolsProps {
  cell: CellRow;
  control: CellControl;
  isFirst: boolean;
  isLast: boolean;
}

/** Renders the buttons. They are visible while the cell is selected or hovered. */
export function CellTools({ cell: { id, cellType }, control, isFirst, isLast }: CellToolsProps) {
  const { actions } = control;
  const showTrace = useContext(ShowTrace);
  const isCode = cellType === "code";
  const isQuestion = cellType === "ai";
  return (
    <div className="cell-tools" role="group" aria-label="Cell">
      {!isCode && !isQuestion && (
        <IconButton
          icon="edit"
          label="Edit"
          shortcut="Enter"
          onClick={() => control.edit(id)}
        />
      )}
      {(isCode || isQuestion) && (
        <IconButton
          icon="text"
          label="Make it text"
          shortcut="m"
          onClick={() => actions.setType(id, "markdown")}
        />
      )}
      {!isCode && (
        <IconButton
          icon="code"
          label="Make it code"
          shortcut="y"
          onClick={() => actions.setType(id, "code")}
        />
      )}
      {!isQuestion && (
        <IconButton
          icon="ask"
          label="Make it a question to the AI"
          shortcut="q"
          className="to-question"
          onClick={() => actions.setType(id, "ai")}
        />
      )}
      {isCode && (
        <>
          <IconButton
            icon="runAbove"
            label="Run the cells above"
            shortcut="Ctrl+F8"
            className="several"
            disabled={isFirst}
            onClick={() => actions.runAbove(id)}
          />
          <IconButton
            icon="runBelow"
            label="Run this and all below"
            shortcut="Ctrl+F10"
            className="several"
            onClick={() => actions.runBelow(id)}
          />
        </>
      )}
      <IconButton icon="up" label="Move up" disabled={isFirst} onClick={() => actions.moveCell(id, -1)} />
      <IconButton icon="down" label="Move down" disabled={isLast} onClick={() => actions.moveCell(id, 1)} />
      {(isCode || isQuestion) && (
        <>
          <IconButton
            icon="clear"
            label="Clear its outputs"
            onClick={() => actions.clearOutputs(id)}
          />
          <IconButton icon="asked" label="Request and reply" shortcut="t" onClick={() => showTrace(id)} />
        </>
      )}
      <IconButton icon="bin" label="Delete" shortcut="d d" onClick={() => control.remove(id)} />
    </div>
  );
}
