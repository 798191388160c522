/**
 * Opens a notebook with the page's own code, without a browser.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";

/** A notebook and the objects that the page uses with it. */
export interface PageNotebook {
  notebookId: string;
  notebook: NotebookStore;
  actions: NotebookActions;
  /** The ids of its first cells. */
  ids: string[];
  /** Returns the events that were written since the notebook was filled, as the server has them. */
  written(): Promise<StoredEvent[]>;
}

/**
 * Opens a notebook as a page does. The caller closes it. `log` receives the events of the notebook.
 *
 * @param options the id of the page, random by default, and a listener for the events
 */
export async function openPageStore(
  { syncUrl, authToken }: Pick<SyncServer, "syncUrl" | "authToken">,
  notebookId: string,
  { pageId = `page-${crypto.randomUUID()}`, onEvents }: {
    pageId?: string;
    onEvents?: (events: readonly StoredEvent[]) => void;
  } = {},
): Promise<{ notebook: NotebookStore; log: StoredEvent[] }> {
  const log: StoredEvent[] = [];
  const notebook = await NotebookStore.open({
    notebookId,
    clientId: pageId,
    syncUrl,
    payload: { authToken },
    onEvents: (events) => {
      log.push(...events);
      onEvents?.(events);
    },
    logger: silentLogger,
  }, AbortSignal.timeout(30_000));
  return { notebook, log };
}

/** Opens a new notebook of code cells with these sources as the person `ada`, and closes it after the test. */
export async function withPageNotebook(
  server: Pick<SyncServer, "syncUrl" | "authToken">,
  sources: readonly string[],
  test: (page: PageNotebook) => Promise<void>,
): Promise<void> {
  const notebookId = newNotebookId();
  const { notebook, log } = await openPageStore(server, notebookId);
  try {
    const cells = sources.map((source) => ({ type: "code" as const, source, outputs: [] }));
    await fillNotebook(notebook, notebookId, { title: "Test", cells }, "ada");
    await notebook.settled();
    const begun = log.length;
    const actions = new NotebookActions(notebook, "ada");
    const written = async () => {
      await notebook.settled();
      return log.slice(begun);
    };
    await test({ notebookId, notebook, actions, ids: actions.cells.map((cell) => cell.id), written });
  } finally {
    await notebook.close();
  }
}
