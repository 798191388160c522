/**
 * An error boundary around a cell: if rendering a cell fails, the rest of the page stays.
 *
 * @module
 */

import { Component, type ReactNode } from "react";
import type { CellControl } from "../actions/use_cell_control.ts";
import type { CellRow } from "../store/queries.ts";
import { CellTools } from "./cell_tools.tsx";

export interface CellBoundaryProps {
  cell: CellRow;
  control: CellControl;
  number: number;
  count: number;
  isEditing: boolean;
  children: ReactNode;
}

interface CellBoundaryState {
  /** The rendered data. Rendering is tried again when it changes. */
  drawn: string;
  fault?: Error;
}

/** Renders the cell or, after an error, its source as text with buttons to edit and delete it. */
export class CellBoundary extends Component<CellBoundaryProps, CellBoundaryState> {
  override readonly state: CellBoundaryState = { drawn: "" };

  static getDerivedStateFromError(fault: Error): Pick<CellBoundaryState, "fault"> {
    return { fault };
  }

  static getDerivedStateFromProps(props: CellBoundaryProps, state: CellBoundaryState): CellBoundaryState | null {
    const { cell: { source, cellType, executionState }, isEditing } = props;
    const drawn = JSON.stringify([source, cellType, executionState, isEditing]);
    return drawn === state.drawn ? null : { drawn, fault: undefined };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    const { cell, control, number, count } = this.props;
    return (
      <article className="cell text" data-cell={cell.id} aria-label={`Cell ${number} of ${count}, not drawn`}>
        <div className="cell-prompt" />
        <div className="cell-body">
          <p className="no-content">
            This cell cannot be drawn, so its source is shown as text. Edit it, or delete the cell. ({fault.message})
          </p>
          <pre className="terminal">{cell.source}</pre>
          {(cell.cellType === "code" || cell.cellType === "ai") && (
            <button
              type="button"
              className="fold"
              onClick={() => this.#edit()}
            >
              Edit
            </button>
          )}
        </div>
        <CellTools cell={cell} control={control} isFirst={number === 1} isLast={number === count} />
      </article>
    );
  }

  /** Renders the cell again, even if it was already being edited. */
  #edit(): void {
    const { cell, control } = this.props;
    control.edit(cell.id);
    this.setState({ fault: undefined });
  }
}
