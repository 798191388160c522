/**
 * Merges cells into one.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";
import { lengthProblem } from "../file/place_cell.ts";
import { isBusy } from "../store/queries.ts";
import { mergeTexts } from "../store/text_changes.ts";
import { carryAttachments, sharedAttachment } from "./carry_attachments.ts";
import type { EditedCells } from "./edited_cells.ts";

/** The text between merged texts. */
const BETWEEN_MERGED = "\n\n";

/**
 * Merges adjacent cells into the first one, which keeps its outputs. What others write into the other cells meanwhile is merged,
 * too.
 *
 * @returns the reason the cells were not merged; `undefined` if they were
 */
export function mergeCells(cells: EditedCells, ids: readonly string[]): string | undefined {
  const { notebook, drafts, undoable, upload } = cells;
  const chosen = cells.rowsOf(ids);
  if (chosen.length < 2) return "There is no cell below to merge with.";
  const all = cells.all.map(({ id }) => id);
  const busy = chosen.filter(isBusy).map(({ id }) => all.indexOf(id) + 1);
  if (busy.length > 0) {
    return `Nothing was merged: cell ${busy[0]} waits or runs. Stop it first, or wait until it has ended.`;
  }
  const shared = sharedAttachment(notebook, ids);
  if (shared !== undefined) {
    return `Nothing was merged: two of the cells have different pictures named ${shared}.`;
  }
  for (const { id } of chosen) drafts.flush(id);
  const [into, ...away] = chosen;
  const texts = chosen.map((cell) => cells.textOf(cell));
  const joined = () => texts.join(BETWEEN_MERGED);
  const problem = lengthProblem(joined(), "the merged cell");
  if (problem !== undefined) return `Nothing was merged: ${problem.replace(": split it", "")}.`;
  const text = { kind: "text" as const, id: into.id, before: texts[0], after: joined() };
  const steps = away.map((cell, index) =>
    cells.deletion(cell, (now) => {
      const before = joined();
      texts[index + 1] = now;
      text.after = joined();
      drafts.set(into.id, mergeTexts(before, drafts.read(into.id) ?? before, text.after));
    })
  );
  drafts.set(into.id, joined());
  notebook.commit(
    ...cells.sourceEvents(into),
    ...steps.map(({ cell: { id } }) => events.cellDeleted({ id })),
  );
  undoable.push(text, ...steps);
  void carryAttachments(notebook, away.map(({ id }) => id), into.id, upload);
}
