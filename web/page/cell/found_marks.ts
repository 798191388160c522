/**
 * Marks in an editor what is being found.
 *
 * @module
 */

import { type Extension, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { FoundInCell } from "../actions/use_find.ts";

/** So many places are marked in a cell: each is drawn. */
const MOST_MARKED = 2_000;

const mark = Decoration.mark({ class: "found" });
const currentMark = Decoration.mark({ class: "found current" });

/** Marks it; the marks go along with what is typed until the next finding. */
export function foundMarks(found: FoundInCell | undefined): Extension {
  if (found === undefined) return [];
  const { matches, current } = found;
  return StateField.define<DecorationSet>({
    create: ({ doc }) =>
      Decoration.set(
        matches.filter(({ from, to }) => from < to && to <= doc.length).slice(0, MOST_MARKED).map((match) =>
          (match === current ? currentMark : mark).range(match.from, match.to)
        ),
      ),
    update: (marks, { changes }) => marks.map(changes),
    provide: (field) => EditorView.decorations.from(field),
  });
}
