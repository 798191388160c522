/**
 * A button in place of a hidden part of a cell. It shows the part.
 *
 * @module
 */

import type { CellPart } from "../actions/undo_stack.ts";
import type { CellControl } from "../actions/use_cell_control.ts";

export interface HiddenPartProps {
  control: CellControl;
  id: string;
  part: CellPart;
  /** The hidden text. Its first line is on the button. */
  excerpt?: string;
}

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
