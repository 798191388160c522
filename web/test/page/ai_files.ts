/**
 * A notebook with an AI cell, and its file.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { openClient } from "../../../test/support/notebook_client.ts";
import { readOpenNotebook } from "../../page/file/read_open_notebook.ts";
import { fileText } from "../../page/file/write_file.ts";
import { noteModel } from "../../page/store/answerers.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { done } from "./run_events.ts";

/** The source of the AI cell. */
export const question = "Why is *that*\n\n```json\n{}\n```";

const created = (id: string, fractionalIndex: string, cellType: "code" | "ai", source: string): NotebookEvent[] => [
  events.cellCreated2({ id, fractionalIndex, cellType, createdBy: "ada" }),
  events.cellSourceChanged({ id, source, modifiedBy: "ada" }),
];

/** An AI cell and its answer as a runtime writes them, between two code cells. */
export const asked: NotebookEvent[] = [
  events.notebookInitialized({ id: "n", title: "T", ownerId: "ada" }),
  ...created("one", "a0", "code", "1"),
  ...created("asked", "a1", "ai", question),
  ...created("two", "a2", "code", "2"),
  events.runtimeSessionStarted({
    sessionId: "s",
    runtimeId: "r",
    runtimeType: "python",
    capabilities: { canExecuteCode: true, canExecuteSql: false, canExecuteAi: true },
  }),
  events.executionRequested({ queueId: "q", cellId: "asked", executionCount: 1, requestedBy: "ada" }),
  events.executionAssigned({ queueId: "q", runtimeSessionId: "s" }),
  events.executionStarted({ queueId: "q", cellId: "asked", runtimeSessionId: "s", startedAt: new Date(0) }),
  events.markdownOutputAdded({ id: "m", cellId: "asked", position: 0, content: inline("# Because") }),
  events.markdownOutputAppended2({ id: "m-1", outputId: "m", delta: " of\n\n$x^2$\n", sequenceNumber: 1 }),
  events.markdownOutputAppended2({ id: "m-2", outputId: "m", delta: "# %% no cell", sequenceNumber: 2 }),
  events.errorOutputAdded({
    id: "e",
    cellId: "asked",
    position: 1,
    content: errorContent({ ename: "RateLimitError", evalue: "Slow down.", traceback: ["RateLimitError: Slow down."] }),
  }),
  done("asked", "q", "error"),
];

/** Opens a new notebook on a server, and closes it after the test. */
export async function withNotebook<Result>(
  server: SyncServer,
  test: (notebook: NotebookStore, id: string) => Promise<Result>,
): Promise<Result> {
  const place = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
  await using client = await openClient(place);
  return await test(client.store, place.notebookId);
}

/** Returns the text of the file that a notebook is downloaded as. */
export const download = async (notebook: NotebookStore) => fileText(await readOpenNotebook(notebook, "T"));

/** Returns the text of the file of a notebook with the AI cell and the name of its model. */
export const downloadAsked = (server: SyncServer): Promise<string> =>
  withNotebook(server, async (notebook) => {
    notebook.commit(...asked);
    noteModel(notebook, "s", "gpt-5");
    return await download(notebook);
  });
