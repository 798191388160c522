/**
 * A dialog with the formats for saving and printing a notebook.
 *
 * @module
 */

import { type RefObject, useState } from "react";
import type { Export } from "../export/save_notebook.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { Notice } from "../widget/notice.tsx";

const forms: readonly { kind: Export; label: string; about: string }[] = [
  {
    kind: "ipynb",
    label: "Notebook (.ipynb)",
    about: "all of it, for Jupyter, VS Code or Colab, and to open here again",
  },
  { kind: "py", label: "Python (.py)", about: "the cells, without outputs and attached pictures" },
  { kind: "html", label: "Web page (.html)", about: "to be read anywhere; nothing in it runs" },
  { kind: "print", label: "Print", about: "the same on paper, or as a PDF" },
];

export interface ExportDialogProps {
  dialog: RefObject<HTMLDialogElement | null>;
  /** Saves or prints. Resolves with a sentence on what is missing, if anything is. */
  onExport(kind: Export): Promise<string | undefined>;
}

/** `showModal` opens the dialog. */
export function ExportDialog({ dialog, onExport }: ExportDialogProps) {
  const [problem, setProblem] = useState<string>();
  const choose = async (kind: Export) => {
    setProblem(undefined);
    try {
      const missing = await onExport(kind);
      if (missing === undefined) dialog.current?.close();
      else setProblem(missing);
    } catch (error) {
      setProblem(`This did not work: ${(error as Error).message}`);
    }
  };
  return (
    <dialog ref={dialog} className="keys exports" aria-labelledby="export-title">
      <div className="keys-head">
        <h2 id="export-title">Save a copy</h2>
        <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
      </div>
      <p>Each copy says which model made up the outputs. It does not contain uploaded files: save them from “Files”.</p>
      {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
      <ul>
        {forms.map(({ kind, label, about }) => (
          <li key={kind}>
            <button type="button" onClick={() => void choose(kind)}>{label}</button>
            <span>{about}</span>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
