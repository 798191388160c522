/**
 * A notebook's log on a bare socket, and its tables as SQLite holds them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Schema } from "@livestore/utils/effect";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { openSocket, socketUrl, type SyncEvent, type SyncSocket } from "../../stack/sync_server/sync_socket.ts";
import type { NotebookClient } from "../../support/notebook_client.ts";

/** An event as a client writes it, without its position in the log. */
export interface WrittenEvent {
  name: string;
  args?: unknown;
}

/** Opens a notebook with a bare socket. */
export function openRaw({ syncUrl, authToken }: SyncServer, notebookId: string): Promise<SyncSocket> {
  return openSocket(socketUrl(syncUrl, notebookId, { authToken }));
}

/** Pushes the first events onto an empty notebook's log. */
export async function push(socket: SyncSocket, events: WrittenEvent[]): Promise<void> {
  const batch = events.map((event, index) => ({
    ...event,
    seqNum: index + 1,
    parentSeqNum: index,
    clientId: "web-app",
    sessionId: "tab",
  }));
  socket.send({ _tag: "WSMessage.PushReq", requestId: "push", batch });
  assert.equal((await socket.next())._tag, "WSMessage.PushAck");
}

/** Returns a notebook's log, which must fit into one page. */
export async function pull(socket: SyncSocket): Promise<SyncEvent[]> {
  socket.send({ _tag: "WSMessage.PullReq", requestId: "pull" });
  const { batch = [], remaining } = await socket.next();
  assert.equal(remaining, 0);
  return batch.map(({ eventEncoded }) => eventEncoded);
}

const Rows = Schema.Array(Schema.Record({ key: Schema.String, value: Schema.Unknown }));

/** Returns all rows of all tables except the debug table, which has the tests' own markers. */
export function dump({ store }: NotebookClient): { name: string; rows: typeof Rows.Type }[] {
  const names = Object.values(tables).map(({ sqliteDef }) => sqliteDef.name).filter((name) => name !== "debug");
  return names.map((name) => ({
    name,
    rows: store.select({ query: `SELECT * FROM ${name}`, schema: Rows, queriedTables: new Set([name]) }),
  }));
}
