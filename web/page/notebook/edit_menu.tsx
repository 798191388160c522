/**
 * A menu with the actions on selected cells, as an alternative to keys.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import type { CellControl } from "../actions/use_cell_control.ts";
import { cursorOf } from "../cell/cell_cursor.ts";
import { MenuButton } from "../widget/menu_button.tsx";

export interface EditMenuProps {
  control: CellControl;
  selected?: string;
  find(): void;
}

export function EditMenu({ control, selected, find }: EditMenuProps) {
  const { undoable } = control.actions;
  const undo = useSyncExternalStore(undoable.subscribe, () => undoable.top);
  const withCells = (label: string, shortcut: string | undefined, onChoose: () => void) => ({
    label,
    shortcut,
    disabled: selected === undefined,
    onChoose() {
      // Until the user selects something, the actions apply to the first cell.
      if (control.selected().length === 0) return control.command(selected!);
      onChoose();
    },
  });
  const split = () => {
    const cursor = cursorOf(selected!);
    control.split(selected!, cursor?.from ?? 0, cursor?.to ?? 0);
  };
  return (
    <MenuButton
      icon="cells"
      label="Edit cells"
      items={[
        { label: "Undo", shortcut: "z", disabled: undo === undefined, onChoose: () => control.undo() },
        withCells("Cut", "x", () => control.cut()),
        withCells("Copy", "c", () => control.copy()),
        withCells("Paste below", "v", () => control.paste("below")),
        withCells("Paste above", "Shift+V", () => control.paste("above")),
        withCells("Delete the selected cells", "d d", () => control.removeSelected()),
        withCells("Select the cell above, too", "Shift+↑", () => control.extend(-1)),
        withCells("Select the cell below, too", "Shift+↓", () => control.extend(1)),
        withCells("Select all cells", "Ctrl+A", () => control.selectAll()),
        withCells("Merge with each other, or below", "Shift+M", () => control.merge()),
        withCells("Split at the cursor", "Ctrl+Shift+-", split),
        withCells("Hide or show the output", "o", () => control.toggleVisible("output")),
        withCells("Hide or show the source", "Shift+O", () => control.toggleVisible("source")),
        withCells("Line numbers", "l", () => control.toggleLineNumbers(false)),
        { label: "Line numbers of all cells", shortcut: "Shift+L", onChoose: () => control.toggleLineNumbers(true) },
        { label: "Find and replace", shortcut: "Ctrl+H", onChoose: find },
      ]}
    />
  );
}
