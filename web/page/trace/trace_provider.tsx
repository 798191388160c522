/**
 * Lets the components of a notebook open the dialog with a cell's requests and answers.
 *
 * @module
 */

import { createContext, type ReactNode, useState } from "react";
import { TraceDialog } from "./trace_dialog.tsx";

export const ShowTrace = createContext<(cellId: string) => void>(() => {});

/** Renders a notebook, and the dialog while it is open. */
export function TraceProvider({ notebookId, children }: { notebookId: string; children: ReactNode }) {
  const [cellId, show] = useState<string>();
  return (
    <ShowTrace value={show}>
      {children}
      {cellId !== undefined && <TraceDialog notebookId={notebookId} cellId={cellId} onClose={() => show(undefined)} />}
    </ShowTrace>
  );
}
