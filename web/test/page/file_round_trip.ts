/**
 * Opens a notebook file and downloads it again.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { uploadArtifact } from "../../../src/notebook/output/artifacts.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { openClient } from "../../../test/support/notebook_client.ts";
import { fillNotebook } from "../../page/file/fill_notebook.ts";
import { readOpenNotebook } from "../../page/file/read_open_notebook.ts";
import { fileText } from "../../page/file/write_file.ts";

/** Opens a file, changes the notebook, and returns the file that another page downloads. */
export async function throughNotebook(
  server: SyncServer,
  text: string,
  change: (notebook: NotebookStore) => void = () => {},
): Promise<string> {
  const { syncUrl, authToken } = server;
  const place = { syncUrl, authToken, notebookId: newNotebookId() };
  const { title, cells, metadata } = readNotebook(text);
  const upload = async (mimeType: string, bytes: Uint8Array<ArrayBuffer>) =>
    (await uploadArtifact({ ...place, mimeType, bytes })).artifactId;
  await using client = await openClient(place);
  await fillNotebook(client.store, place.notebookId, { title, cells, metadata }, "ada", { upload });
  change(client.store);
  await client.store.settled();
  await using other = await openClient(place);
  const file = await readOpenNotebook(other.store, title, async (id) => {
    const response = await fetch(new URL(`/api/artifacts/${id}`, server.apiUrl));
    return new Uint8Array(await response.arrayBuffer());
  });
  assert.deepEqual(file.missing, []);
  return fileText(file);
}

/** Makes a code cell of a file. */
export const codeCell = (id: string, fields: Record<string, unknown> = {}) => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: 7,
  source: ["1"],
  outputs: [{ output_type: "stream", name: "stdout", text: ["old\n"] }],
  ...fields,
});

/** Returns the text of a notebook file. */
export const notebookOf = (cells: unknown[], metadata: unknown = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { title: "T", ...metadata as object }, cells });
