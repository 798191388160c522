/**
 * A notebook that is open while it is shown.
 *
 * @module
 */

import { useEffect, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { type Connection, takeOver } from "./notebook_session.ts";
import type { SourceLog } from "./source_log.ts";

export interface OpenNotebook {
  notebook?: NotebookStore;
  /** The sources of the cells. Present once the notebook is. */
  sources?: SourceLog;
  connection: Connection;
  /** The reason the notebook cannot be opened. */
  error?: Error;
}

/** Opens a notebook, and closes it when the component is unmounted. */
export function useNotebook(id: string): OpenNotebook {
  const [open, setOpen] = useState<OpenNotebook>({ connection: { state: "connected" } });
  useEffect(() => {
    const session = takeOver(id);
    session.onConnection((connection) => setOpen((before) => ({ ...before, connection })));
    session.notebook.then(
      (notebook) => setOpen((before) => ({ ...before, notebook, sources: session.sources })),
      (error) => session.isLeft || setOpen((before) => ({ ...before, error })),
    );
    return () => void session.leave();
  }, [id]);
  return open;
}
