/**
 * The dialog that shows a cell's last execution from the model's point of view.
 *
 * @module
 */

import { useEffect, useId, useRef } from "react";
import { api, ApiError } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { Notice } from "../widget/notice.tsx";
import { TraceView } from "./trace_view.tsx";

/** The HTTP status if the server has no record. */
const NOT_FOUND = 404;

export interface TraceDialogProps {
  notebookId: string;
  cellId: string;
  onClose(): void;
}

export function TraceDialog({ notebookId, cellId, onClose }: TraceDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { value, error } = useAnswer(() => api.trace(notebookId, cellId), [notebookId, cellId]);
  const title = useId();
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} className="keys trace" aria-labelledby={title} onClose={onClose}>
      <div className="keys-head">
        <h2 id={title}>Request and reply</h2>
        <IconButton icon="close" label="Close" onClick={() => dialog.current!.close()} />
      </div>
      {value === undefined && error === undefined && <p role="status">Reading …</p>}
      {error !== undefined && <Missing error={error} />}
      {value !== undefined && <TraceView trace={value} />}
    </dialog>
  );
}

function Missing({ error }: { error: Error }) {
  const isUnknown = error instanceof ApiError && error.status === NOT_FOUND;
  if (!isUnknown) return <Notice kind="problem">{error.message}</Notice>;
  return (
    <Notice kind="hint">
      There is no record of this cell: it has not been run to its end here, there was nothing to ask the model, another
      runtime has run it, or too many cells have been run since.
    </Notice>
  );
}
