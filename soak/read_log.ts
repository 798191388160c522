/**
 * Reads a notebook's event log from the sync server.
 *
 * @module
 */

import type { NotebookAddress } from "../src/notebook/notebook_address.ts";
import { socketUrl } from "../src/notebook/sync/sync_url.ts";

export interface LoggedEvent {
  /** For example `v1.ExecutionStarted`. */
  name: string;
  /** As they were sent; `undefined` for an event without arguments. */
  // deno-lint-ignore no-explicit-any -- other clients may write any arguments
  args: any;
  /** The number in the log, from 1. */
  seqNum: number;
  /** The client that wrote the event. */
  clientId: string;
}

/** Reads the whole log over a separate socket. */
export async function readLog({ syncUrl, notebookId, authToken }: NotebookAddress): Promise<LoggedEvent[]> {
  const socket = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
  const events: LoggedEvent[] = [];
  const whole = Promise.withResolvers<void>();
  socket.addEventListener("open", () => socket.send(JSON.stringify({ _tag: "WSMessage.PullReq", requestId: "log" })));
  socket.addEventListener("error", (event) => event.preventDefault());
  socket.addEventListener("close", () => whole.reject(new Error("the sync server closed the socket")));
  socket.addEventListener("message", ({ data }) => {
    const { _tag, batch, remaining } = JSON.parse(data);
    if (_tag !== "WSMessage.PullRes") return;
    for (const { eventEncoded } of batch) events.push(eventEncoded);
    if (remaining === 0) whole.resolve();
  });
  try {
    await whole.promise;
    return events;
  } finally {
    socket.close(1000);
  }
}
