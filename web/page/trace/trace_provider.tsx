/**
 * Shows what was asked and answered for a cell, in front of the notebook, to whoever asks for it below.
 *
 * @module
 */

import { createContext, type ReactNode, useState } from "react";
import { TraceDialog } from "./trace_dialog.tsx";

/** Shows a cell's last execution as the model saw it. */
export const ShowTrace = createContext<(cellId: string) => void>(() => {});

/** Draws a notebook, and the dialog while it is open. */
export function TraceProvider({ notebookId, children }: { notebookId: string; children: ReactNode }) {
  const [cellId, show] = useState<string>();
  return (
    <ShowTrace value={show}>
      {children}
      {cellId !== undefined && <TraceDialog notebookId={notebookId} cellId={cellId} onClose={() => show(undefined)} />}
    </ShowTrace>
  );
}
