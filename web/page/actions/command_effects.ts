/**
 * The effect of each command.
 *
 * @module
 */

import type { Command, FindCommand } from "./command_key.ts";
import type { CellControl } from "./use_cell_control.ts";

/** The effects of keys on the whole page. The functions stay the same. */
export interface PageCommands {
  showKeys(): void;
  restart(): void;
  /** Shows the model's request for a cell, and the answer. */
  showTrace(cellId: string): void;
  /**
   * Opens the search in cells.
   *
   * @returns whether the page handles the search; otherwise the browser may
   */
  find(command: FindCommand): boolean;
  /** Closes the search if it is open. */
  stopFinding(): void;
}

export interface CommandContext {
  control: CellControl;
  page: PageCommands;
  /** The active cell, if there is one. */
  cellId?: string;
  /** The active cell's index, from 0; -1 if there is none. */
  index: number;
  /** Whether the same key was pressed just before. */
  isDouble: boolean;
}

type Effect = (context: CommandContext) => void;

/** Makes an effect that does nothing if there is no active cell. */
function toCell(effect: (context: CommandContext & { cellId: string }) => void): Effect {
  return (context) => context.cellId === undefined ? undefined : effect({ ...context, cellId: context.cellId });
}

/**
 * Makes an effect that moves from the active cell to the next one in this direction; without an active cell, to the
 * first or last.
 */
function step(direction: -1 | 1): Effect {
  return ({ control, cellId }) => {
    if (cellId !== undefined) return control.step(cellId, direction, "cell");
    const end = control.actions.cells.at(direction === 1 ? 0 : -1);
    if (end !== undefined) control.command(end.id);
  };
}

export const effects: Readonly<Record<Command, Effect>> = {
  previous: step(-1),
  next: step(1),
  "extend up": ({ control }) => control.extend(-1),
  "extend down": ({ control }) => control.extend(1),
  "extend to top": ({ control }) => control.extend(-1, true),
  "extend to bottom": ({ control }) => control.extend(1, true),
  "select all": ({ control }) => control.selectAll(),
  collapse: ({ control, page }) => {
    page.stopFinding();
    control.collapse();
  },
  edit: toCell(({ control, cellId }) => control.edit(cellId)),
  run: ({ control }) => control.runSelected("stay"),
  "run and select the next cell": ({ control }) => control.runSelected("advance"),
  "run and insert": ({ control }) => control.runSelected("insert"),
  above: toCell(({ control, index }) => control.add(index, "code", "cell")),
  below: toCell(({ control, index }) => control.add(index + 1, "code", "cell")),
  delete: ({ control, isDouble }) => isDouble ? control.removeSelected() : undefined,
  cut: ({ control }) => control.cut(),
  copy: ({ control }) => control.copy(),
  "paste above": ({ control }) => control.paste("above"),
  "paste below": ({ control }) => control.paste("below"),
  merge: ({ control }) => control.merge(),
  undo: ({ control }) => control.undo(),
  text: ({ control }) => control.setTypeSelected("markdown"),
  code: ({ control }) => control.setTypeSelected("code"),
  ask: ({ control }) => control.setTypeSelected("ai"),
  "request and reply": toCell(({ page, cellId }) => page.showTrace(cellId)),
  "move up": ({ control }) => control.moveSelected(-1),
  "move down": ({ control }) => control.moveSelected(1),
  interrupt: ({ control, isDouble }) => isDouble ? control.actions.interruptAll() : undefined,
  restart: ({ page, isDouble }) => isDouble ? page.restart() : undefined,
  "line numbers": ({ control }) => control.toggleLineNumbers(false),
  "all line numbers": ({ control }) => control.toggleLineNumbers(true),
  output: ({ control }) => control.toggleVisible("output"),
  source: ({ control }) => control.toggleVisible("source"),
  find: ({ page }) => void page.find("replace"),
  keys: ({ page }) => page.showKeys(),
};
