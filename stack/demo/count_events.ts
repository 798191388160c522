/**
 * Asks a sync server for the length of a notebook's event log.
 *
 * @module
 */

import { unlessAborted } from "../../src/async/unless_aborted.ts";
import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

/** The close code of RFC 6455 for a normal end. Without a code, sync-cf never answers a close. */
const NORMAL_CLOSURE = 1000;

/**
 * Counts the events of a notebook over a separate socket.
 *
 * @throws Error when the server closes the socket instead of answering; the signal's reason when it is aborted
 */
export async function countEvents(
  { syncUrl, notebookId, authToken }: NotebookAddress,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const socket = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
  const answer = Promise.withResolvers<number>();
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve(), { once: true }));
  closed.then(() => answer.reject(new Error(`the sync server at ${syncUrl} closed the socket without an answer`)));
  // A refused upgrade causes an error event and a close event. Only the latter is needed.
  socket.addEventListener("error", (event) => event.preventDefault());
  socket.addEventListener("open", () => socket.send(JSON.stringify({ _tag: "WSMessage.PullReq", requestId: "count" })));
  socket.addEventListener("message", ({ data }) => {
    // The first page is enough: it contains the number of remaining events.
    const { _tag, batch, remaining } = JSON.parse(data);
    if (_tag === "WSMessage.PullRes") answer.resolve(batch.length + remaining);
  });
  try {
    return await unlessAborted(answer.promise, signal);
  } finally {
    socket.close(NORMAL_CLOSURE);
    await closed;
  }
}
