/**
 * What stands in the place of a part of a cell that is hidden: a button that shows it.
 *
 * @module
 */

import type { CellPart } from "../actions/undo_stack.ts";
import type { CellControl } from "../actions/use_cell_control.ts";

/** What the button needs. */
export interface HiddenPartProps {
  control: CellControl;
  id: string;
  part: CellPart;
  /** The text whose first line tells what is hidden. */
  excerpt?: string;
}

/** Draws the button. */
export function HiddenPart({ control, id, part, excerpt = "" }: HiddenPartProps) {
  const line = excerpt.trim().split("\n")[0];
  return (
    <button
      type="button"
      className="fold hidden-part"
      data-part={part}
      aria-expanded={false}
      onClick={() => {
        control.actions.edits.setVisible([id], part, true);
        control.command(id);
      }}
    >
      {part === "source" ? "Show the source" : "Show the output"}
      {line !== "" && <code>{line}</code>}
    </button>
  );
}
