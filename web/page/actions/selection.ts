/**
 * The selection in a notebook.
 *
 * @module
 */

/** The cell to select after a run: the next one, the same one, or a new one. */
export type RunKind = "advance" | "stay" | "insert";

/** A request to move the focus. A new object moves it again. */
export interface FocusRequest {
  cellId: string;
  target: "cell" | "editor";
  /** The cursor's position. Default: its last one. */
  at?: "start" | "end";
}

export interface Selection {
  cellId?: string;
  /** The other end of a selection of several cells. Absent if only the active cell is selected. */
  anchor?: string;
  /** Whether the cell is being edited. Otherwise keys are commands. */
  isEditing: boolean;
  focus?: FocusRequest;
}
