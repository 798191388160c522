/**
 * What of a notebook is selected.
 *
 * @module
 */

/** How a cell is left by running it: going on to the next one, or staying. */
export type RunKind = "advance" | "stay" | "insert";

/** Where the focus is to go. A new object each time, so that it goes there again. */
export interface FocusRequest {
  cellId: string;
  target: "cell" | "editor";
  /** Where the cursor is to stand; where it stood, if absent. */
  at?: "start" | "end";
}

/** What is selected. */
export interface Selection {
  /** The active cell. */
  cellId?: string;
  /** Where several selected cells begin, or end; absent when the active one is selected alone. */
  anchor?: string;
  /** Whether it is edited; else keys are commands. */
  isEditing: boolean;
  focus?: FocusRequest;
}
