/**
 * The page of one notebook, including the time in which the notebook is loaded.
 *
 * @module
 */

import type { Site } from "../api/api.ts";
import { goTo } from "../navigation/use_location.ts";
import { useNotebook } from "../store/use_notebook.ts";
import { TraceProvider } from "../trace/trace_provider.tsx";
import { Notice } from "../widget/notice.tsx";
import { NotebookView } from "./notebook_view.tsx";

export interface NotebookPageProps {
  id: string;
  site: Site;
  /** Called when the settings may have changed. */
  onSettings(): void;
}

/** Opens the notebook and renders it. */
export function NotebookPage({ id, ...place }: NotebookPageProps) {
  const { notebook, sources, connection, error } = useNotebook(id);
  if (notebook !== undefined) {
    return (
      <TraceProvider notebookId={id}>
        <NotebookView id={id} {...place} notebook={notebook} sources={sources} connection={connection} />
      </TraceProvider>
    );
  }
  const home = <button type="button" onClick={() => goTo("/")}>All notebooks</button>;
  if (error !== undefined) {
    return (
      <main className="home">
        <Notice kind="problem" action={home}>{error.message}</Notice>
      </main>
    );
  }
  if (connection.state !== "connected") {
    return (
      <main className="home">
        <Notice kind="problem" action={home}>
          This notebook cannot be opened: it is not on the list, or the server on this machine has stopped.
        </Notice>
      </main>
    );
  }
  return (
    <main className="notebook opening" aria-busy>
      <p role="status">Opening the notebook …</p>
    </main>
  );
}
