/**
 * A dialog with the files that a notebook's cells can use.
 *
 * @module
 */

import { type RefObject, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api, artifactUrl } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";
import { type FileRow, files as filesInOrder } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { Notice } from "../widget/notice.tsx";
import { UploadButton } from "./upload_button.tsx";
import type { Uploads } from "./use_uploads.ts";

export interface FilesDialogProps {
  dialog: RefObject<HTMLDialogElement | null>;
  notebook: NotebookStore;
  uploads: Uploads;
}

/** `showModal` opens the dialog. */
export function FilesDialog({ dialog, notebook, uploads }: FilesDialogProps) {
  const rows: readonly FileRow[] = useRows(notebook, filesInOrder);
  const [deleted, setDeleted] = useState<FileRow>();
  const remove = (row: FileRow) => {
    uploads.files.delete(row.fileName);
    setDeleted(row);
  };
  const undo = (row: FileRow) => {
    uploads.files.restore(row);
    setDeleted(undefined);
  };
  const isGone = deleted !== undefined && rows.every(({ fileName }) => fileName !== deleted.fileName);
  return (
    <dialog ref={dialog} className="keys files" aria-labelledby="files-title">
      <div className="keys-head">
        <h2 id="files-title">Files</h2>
        <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
      </div>
      <p>
        Cells refer to them by name, as in{" "}
        <code>pd.read_csv('t.csv')</code>. If a cell names a file, the model receives its size, its columns, and its
        first and last lines. A file may have up to 16 MiB. A new file replaces one with the same name.
      </p>
      {uploads.problem !== undefined && <Notice kind="problem">{uploads.problem}</Notice>}
      <ul>
        {rows.map((row) => <FileItem key={row.fileName} row={row} onDelete={() => remove(row)} />)}
      </ul>
      {rows.length === 0 && <p className="no-content">There are no files yet.</p>}
      <div role="status">
        {isGone && (
          <p className="gone">
            <span className="name">“{deleted.fileName}” was deleted.</span>
            <button type="button" onClick={() => undo(deleted)}>Undo</button>
          </p>
        )}
      </div>
      <UploadButton onFiles={uploads.upload} />
    </dialog>
  );
}

function FileItem({ row, onDelete }: { row: FileRow; onDelete(): void }) {
  const { fileName, mimeType, artifactId, createdAt } = row;
  const size = useAnswer(() => api.artifactSize(artifactId), [artifactId]);
  const about = [
    size.error === undefined ? describeSize(size.value) : "its bytes cannot be fetched",
    mimeType,
    createdAt.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }),
  ];
  return (
    <li>
      <a className="name" href={artifactUrl(artifactId)} download={fileName} title={fileName}>{fileName}</a>
      <IconButton icon="bin" label={`Delete ${fileName}`} onClick={onDelete} />
      <span>{about.filter((part) => part !== "").join(" · ")}</span>
    </li>
  );
}

/** For example `812 bytes`, `4.2 KB`, `1.3 MB`. Empty until the size is known. */
function describeSize(bytes: number | undefined): string {
  if (bytes === undefined) return "";
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
