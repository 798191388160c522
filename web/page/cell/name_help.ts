/**
 * Help with names in Python editors: Tab completes a name, and Shift+Tab shows the signature of the function at the cursor.
 *
 * @module
 */

import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { nameAtCursor } from "../../../src/jupyter/kernel/name_at_cursor.ts";
import { complete } from "../../../src/repl/completion/complete.ts";
import type { NotebookNames } from "../actions/notebook_names.ts";

/** The texts that Tab completes: those that end in a letter of a name, in a dot, or in the `%` of a magic. */
const COMPLETED = /[\p{ID_Continue}.%]$/u;

/** Shows a text at the cursor. Without a text, hides it. */
const setTip = StateEffect.define<string | undefined>();

const tip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, docChanged, selection, startState, newSelection }) {
    for (const effect of effects) {
      if (effect.is(setTip)) return effect.value === undefined ? null : tooltipOf(effect.value, newSelection.main.head);
    }
    const hasMoved = docChanged || (selection !== undefined && !newSelection.eq(startState.selection));
    return hasMoved ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** @param names called at each key press */
export function nameHelp(names: () => NotebookNames): Extension {
  return [
    autocompletion({ override: [(context) => completeName(context, names())] }),
    tip,
    Prec.high(keymap.of([
      { key: "Tab", run: (view) => acceptCompletion(view) || completeAtCursor(view) },
      { key: "Shift-Tab", run: (view) => showSignature(view, names()) },
      { key: "Escape", run: hideSignature },
    ])),
    EditorView.domEventHandlers({
      blur: (_, view) => {
        hideSignature(view);
      },
    }),
  ];
}

function completeName({ state, pos }: CompletionContext, names: NotebookNames): CompletionResult | null {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const all = complete(before, { names: names.known(), readFolder: () => [] })?.candidates ?? [];
  // The typed part is the longest end of the line that every candidate begins with. It may be a candidate itself, because it is
  // in a cell.
  let typed = 0;
  while (!all.every((name) => name.startsWith(before.slice(typed)))) typed += 1;
  const candidates = all.filter((name) => name !== before.slice(typed));
  if (candidates.length === 0) return null;
  return {
    from: line.from + typed,
    options: candidates.map((label) => ({ label })),
    validFor: /^[\p{ID_Continue}]*$/u,
  };
}

function completeAtCursor(view: EditorView): boolean {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  if (!main.empty || !COMPLETED.test(line.text.slice(0, main.head - line.from))) return false;
  return completionStatus(view.state) !== null || startCompletion(view);
}

/** Returns false if there is no name at the cursor. The key then removes indentation. */
function showSignature(view: EditorView, names: NotebookNames): boolean {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  if (!main.empty || line.text.slice(0, main.head - line.from).trim() === "") return false;
  const name = nameAtCursor(view.state.doc.toString(), main.head);
  if (name === undefined) return false;
  const text = names.describe(name) ?? `${name} is not known here: no cell defines it.`;
  view.dispatch({ effects: [setTip.of(text), EditorView.announce.of(text)] });
  return true;
}

function hideSignature(view: EditorView): boolean {
  if (view.state.field(tip, false) === null) return false;
  view.dispatch({ effects: setTip.of(undefined) });
  return true;
}

function tooltipOf(text: string, pos: number): Tooltip {
  return {
    pos,
    above: true,
    create() {
      const dom = document.createElement("pre");
      dom.className = "signature";
      dom.setAttribute("role", "tooltip");
      dom.textContent = text;
      return { dom };
    },
  };
}
