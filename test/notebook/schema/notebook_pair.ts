/**
 * Two clients of one notebook: one writes, and the other reads.
 *
 * @module
 */

import { newNotebookId } from "../../../stack/notebook_id.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";

/** A notebook that is open in two clients. */
export interface NotebookPair extends AsyncDisposable {
  /** The client that writes. */
  writer: NotebookClient;
  /** The client that reads. */
  reader: NotebookClient;
  /** Writes events, and waits until the reader has them. */
  write(...batch: NotebookEvent[]): Promise<void>;
}

/** The time after which hasMarker() fails, in milliseconds. A hang would not show which event is missing. */
const GIVE_UP_AFTER_MS = 15_000;

/**
 * Resolves once a client has everything in the log up to the `v1.Debug` event with this id.
 *
 * @throws {Error} if the client does not receive the event in time
 */
export async function hasMarker(client: NotebookClient, id: string): Promise<void> {
  const stopped = Promise.withResolvers<never>();
  const timer = setTimeout(() => stopped.reject(new Error(`No event ${id}: the client is stuck.`)), GIVE_UP_AFTER_MS);
  try {
    await Promise.race([
      client.until(tables.debug.where({ id }), (rows) => rows.length > 0),
      stopped.promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens a new notebook in two clients. */
export async function openPair({ syncUrl, authToken }: SyncServer): Promise<NotebookPair> {
  const options = { syncUrl, authToken, notebookId: newNotebookId() };
  const [writer, reader] = await Promise.all([openClient(options), openClient(options)]);
  return {
    writer,
    reader,
    async write(...batch) {
      const marker = crypto.randomUUID();
      writer.store.commit(...batch, events.debug({ id: marker }));
      await hasMarker(reader, marker);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([writer.store.close(), reader.store.close()]);
    },
  };
}
