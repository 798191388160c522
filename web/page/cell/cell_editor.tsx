/**
 * The editor of a cell.
 *
 * @module
 */

import { Annotation, EditorState, type Extension, Prec, Transaction } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { NotebookNames } from "../actions/notebook_names.ts";
import type { FoundInCell } from "../actions/use_find.ts";
import { changesBetween } from "../store/text_changes.ts";
import { type CellKeyEvents, cellKeys } from "./cell_keys.ts";
import { type EditorLanguage, editorSetup } from "./editor_setup.ts";
import { foundMarks } from "./found_marks.ts";
import { nameHelp } from "./name_help.ts";
import { useCompartment } from "./use_compartment.ts";

export interface EditorEvents extends CellKeyEvents {
  /** A person changed the text. */
  onType(source: string): void;
  onFocus(): void;
}

export interface EditorHandle {
  /** Focuses the editor. `at` puts the cursor at the beginning or end. */
  focus(at?: "start" | "end"): void;
}

export interface CellEditorProps extends EditorEvents {
  /** The notebook's text. It is shown if `read` returns `undefined`. */
  source: string;
  /** Returns the text with what was typed here. `undefined` if that is the source. */
  read(): string | undefined;
  /** Calls back with the text whenever others have changed it. The returned function stops that. */
  follow(show: (text: string) => void): () => void;
  language: EditorLanguage;
  /** The label for screen readers. */
  label: string;
  isNumbered: boolean;
  /** The matches of the search. The object stays the same until they change. */
  found?: FoundInCell;
  handle?: Ref<EditorHandle>;
  /** The names that code can use. */
  names: NotebookNames;
}

/** Marks a change that came from the notebook. */
const fromNotebook = Annotation.define<boolean>();

/** Renders the editor. It stays the same editor with its cursor and undo history when its label or position changes. */
export function CellEditor(props: CellEditorProps) {
  const { source, read, follow, language, label, isNumbered, found, handle, names, ...events } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(events);
  latest.current = events;
  const latestNames = useRef(names);
  latestNames.current = names;
  const setup = useCompartment(view, language, (language) => [
    editorSetup(language),
    language === "python" ? nameHelp(() => latestNames.current) : [],
  ]);
  const labels = useCompartment(view, label, labelled);
  const numbers = useCompartment(view, isNumbered, numbered);
  const marks = useCompartment(view, found, foundMarks);

  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: read() ?? source,
        extensions: [
          Prec.highest(keymap.of(cellKeys(() => latest.current))),
          setup(),
          labels(),
          numbers(),
          marks(),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && update.view.hasFocus) latest.current.onFocus();
            if (!update.docChanged || update.transactions.some((each) => each.annotation(fromNotebook))) return;
            latest.current.onType(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    const stop = follow((text) => showText(editor, text));
    return () => {
      stop();
      editor.destroy();
    };
  }, []);

  useEffect(() => showText(view.current!, read() ?? source), [source]);

  useEffect(() => {
    if (found?.current === undefined) return;
    const { from, to } = found.current;
    const { length } = view.current!.state.doc;
    if (to > length) return;
    view.current!.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
  }, [found?.current]);

  useImperativeHandle(handle, () => ({
    focus(at) {
      const editor = view.current!;
      if (at !== undefined) editor.dispatch({ selection: { anchor: at === "start" ? 0 : editor.state.doc.length } });
      editor.focus();
    },
  }), []);

  return <div ref={place} className="editor" />;
}

function numbered(isNumbered: boolean): Extension {
  return isNumbered ? lineNumbers() : [];
}

function labelled(label: string): Extension {
  return EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" });
}

/** Makes the smallest change that shows a text. It keeps the cursor's position in the text and is not part of the undo history. */
function showText(editor: EditorView, text: string): void {
  const shown = editor.state.doc.toString();
  const wanted = text.replace(/\r\n?/g, "\n");
  if (shown === wanted) return;
  editor.dispatch({
    changes: changesBetween(shown, wanted),
    annotations: [fromNotebook.of(true), Transaction.addToHistory.of(false)],
  });
}
