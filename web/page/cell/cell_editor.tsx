/**
 * The editor of a cell.
 *
 * @module
 */

import { Annotation, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { RunKind } from "../actions/use_cell_control.ts";
import { type EditorLanguage, editorSetup } from "./editor_setup.ts";

/** What an editor tells. */
export interface EditorEvents {
  /** The text was changed by hand. */
  onType(source: string): void;
  onFocus(): void;
  /** Esc. */
  onEscape(): void;
  onRun(kind: RunKind): void;
  /** An arrow that leads out of the cell. */
  onLeave(direction: -1 | 1): void;
}

/** What can be done to an editor. */
export interface EditorHandle {
  /** Puts the cursor into it; at its beginning or end if it is entered from there. */
  focus(at?: "start" | "end"): void;
}

/** What an editor needs. */
export interface CellEditorProps extends EditorEvents {
  /** The text as the notebook has it; shown unless it is what was typed here. */
  source: string;
  language: EditorLanguage;
  /** What it is, for a screen reader. */
  label: string;
  handle?: Ref<EditorHandle>;
}

/** Marks a change that came from the notebook. */
const fromNotebook = Annotation.define<boolean>();

/** Draws the editor. */
export function CellEditor({ source, language, label, handle, ...events }: CellEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(events);
  latest.current = events;

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: source,
        extensions: [
          Prec.highest(keymap.of(cellKeys(() => latest.current))),
          editorSetup(language),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && update.view.hasFocus) latest.current.onFocus();
            if (!update.docChanged || update.transactions.some((each) => each.annotation(fromNotebook))) return;
            latest.current.onType(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [language, label]);

  useEffect(() => {
    const editor = view.current!;
    const length = editor.state.doc.length;
    if (editor.state.doc.toString() === source) return;
    editor.dispatch({ changes: { from: 0, to: length, insert: source }, annotations: fromNotebook.of(true) });
  }, [source]);

  useImperativeHandle(handle, () => ({
    focus(at) {
      const editor = view.current!;
      if (at !== undefined) editor.dispatch({ selection: { anchor: at === "start" ? 0 : editor.state.doc.length } });
      editor.focus();
    },
  }), []);

  return <div ref={place} className="editor" />;
}

function cellKeys(events: () => EditorEvents) {
  const run = (kind: RunKind) => () => {
    events().onRun(kind);
    return true;
  };
  const leave = (direction: -1 | 1) => ({ state }: EditorView) => {
    const { main } = state.selection;
    const line = state.doc.lineAt(main.head).number;
    if (!main.empty || line !== (direction === -1 ? 1 : state.doc.lines)) return false;
    events().onLeave(direction);
    return true;
  };
  return [
    { key: "Shift-Enter", run: run("advance") },
    { key: "Mod-Enter", run: run("stay") },
    { key: "Alt-Enter", run: run("insert") },
    { key: "ArrowUp", run: leave(-1) },
    { key: "ArrowDown", run: leave(1) },
    {
      key: "Escape",
      run: ({ dom }: EditorView) => {
        if (dom.querySelector(".cm-tooltip") !== null) return false;
        events().onEscape();
        return true;
      },
    },
  ];
}
