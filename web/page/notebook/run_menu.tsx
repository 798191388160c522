/**
 * A menu with further ways to run several cells.
 *
 * @module
 */

import type { NotebookActions } from "../actions/notebook_actions.ts";
import { MenuButton } from "../widget/menu_button.tsx";

export interface RunMenuProps {
  actions: NotebookActions;
  selected?: string;
  isRestarting: boolean;
  restartAndRunAll(): void;
}

export function RunMenu({ actions, selected, isRestarting, restartAndRunAll }: RunMenuProps) {
  const fromSelected = (run: (id: string) => void) => ({
    disabled: selected === undefined,
    onChoose: () => selected === undefined || run(selected),
  });
  return (
    <MenuButton
      icon="more"
      label="More ways to run"
      items={[
        {
          label: "Run all above the selected cell",
          shortcut: "Ctrl+F8",
          ...fromSelected((id) => actions.runAbove(id)),
        },
        {
          label: "Run the selected cell and below",
          shortcut: "Ctrl+F10",
          ...fromSelected((id) => actions.runBelow(id)),
        },
        {
          label: "Run all, continue after errors",
          shortcut: "Ctrl+Shift+F9",
          onChoose: () => actions.runOneByOne(),
        },
        { label: "Restart and run all", disabled: isRestarting, onChoose: restartAndRunAll },
      ]}
    />
  );
}
