/**
 * Highlights the matches of a search in an editor.
 *
 * @module
 */

import { type Extension, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { FoundInCell } from "../actions/use_find.ts";

/** The most matches that are highlighted in a cell, because each one is rendered. */
const MOST_MARKED = 2_000;

const mark = Decoration.mark({ class: "found" });
const currentMark = Decoration.mark({ class: "found current" });

/** Highlights matches. They follow edits of the text until the next search. */
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
