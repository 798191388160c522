/**
 * Splits a cell.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";
import { positionsBetween } from "../store/position_between.ts";
import { carryAttachments } from "./carry_attachments.ts";
import { asCellType, type EditedCells, newCellId } from "./edited_cells.ts";
import type { SplitPart } from "./undo_stack.ts";

/**
 * Splits a cell at one place, or at both ends of a selection. The last part stays in the cell, with the outputs; the parts before
 * it go into new cells above. Line breaks at the places are removed.
 *
 * @returns whether there was anything to split
 */
export function splitCell(cells: EditedCells, id: string, from: number, to: number): boolean {
  const { drafts, notebook, undoable, userId, upload } = cells;
  const [cell] = cells.rowsOf([id]);
  if (cell === undefined) return false;
  const text = cells.textOf(cell);
  const pieces = splitText(text, from === to ? [from] : [from, to]);
  if (pieces.length < 2) return false;
  const rest = pieces.at(-1)!;
  const parts = pieces.slice(0, -1).map(({ text, gap }): SplitPart => ({ id: newCellId(), text, gap }));
  const index = cells.all.findIndex((cell) => cell.id === id);
  const { fractionalIndexes, moved } = positionsBetween(cells.all, index, parts.length);
  drafts.set(id, rest.text);
  cells.commit([
    ...moved.map((cell) => events.cellMoved2(cell)),
    ...parts.flatMap((part, number) => [
      events.cellCreated2({
        id: part.id,
        fractionalIndex: fractionalIndexes[number],
        cellType: asCellType(cell.cellType),
        createdBy: userId,
      }),
      cells.sourceChanged(part.id, part.text),
    ]),
    ...cells.sourceEvents(cell),
  ]);
  undoable.push({ kind: "split", id, after: rest.text, parts });
  for (const part of parts) void carryAttachments(notebook, [id], part.id, upload);
  return true;
}

/** Cuts a text into pieces, each with the line breaks that follow it. A piece of line breaks only is joined to its neighbour. */
function splitText(text: string, places: readonly number[]): { text: string; gap: string }[] {
  const bounds = [0, ...places, text.length];
  const pieces: string[] = [];
  for (const [number, from] of bounds.slice(0, -1).entries()) {
    const piece = text.slice(from, bounds[number + 1]);
    const isJoined = pieces.length > 0 && (piece.trim() === "" || pieces.at(-1)!.trim() === "");
    if (isJoined) pieces[pieces.length - 1] += piece;
    else pieces.push(piece);
  }
  const leadOf = (piece: string) => /^\n*/.exec(piece)![0];
  return pieces.map((piece, number) => {
    const body = number === 0 ? piece : piece.slice(leadOf(piece).length);
    if (number === pieces.length - 1) return { text: body, gap: "" };
    const kept = body.replace(/\n+$/, "");
    return { text: kept, gap: body.slice(kept.length) + leadOf(pieces[number + 1]) };
  });
}
