/**
 * Writes events into a notebook's log that this version cannot read, as a newer client would.
 *
 * @module
 */

import type { NotebookAddress } from "../src/notebook/notebook_address.ts";
import { socketUrl } from "../src/notebook/sync/sync_url.ts";

const unreadable = [
  { name: "v9.CellPainted", args: { id: "c", colour: "red" } },
  { name: "v2.CellCreated", args: { id: 7, cellType: "quantum" } },
];

/** Appends one unreadable event of each kind. Stops retrying if other clients write all the time. */
export async function writeUnreadable({ syncUrl, notebookId, authToken }: NotebookAddress): Promise<void> {
  const socket = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
  const over = Promise.withResolvers<void>();
  let head = 0;
  let tries = 5;
  const push = () => {
    const batch = unreadable.map((event, index) => ({
      ...event,
      seqNum: head + index + 1,
      parentSeqNum: head + index,
      clientId: "newer-client",
      sessionId: "static",
    }));
    socket.send(JSON.stringify({ _tag: "WSMessage.PushReq", requestId: "push", batch }));
  };
  socket.addEventListener("open", () => socket.send(JSON.stringify({ _tag: "WSMessage.PullReq", requestId: "pull" })));
  socket.addEventListener("error", (event) => event.preventDefault());
  socket.addEventListener("close", () => over.resolve());
  socket.addEventListener("message", ({ data }) => {
    const { _tag, batch = [], remaining, requestId } = JSON.parse(data);
    for (const { eventEncoded } of batch) head = Math.max(head, eventEncoded.seqNum);
    if (_tag === "WSMessage.PullRes" && requestId.context === "pull" && remaining === 0) push();
    if (_tag === "WSMessage.PushAck") over.resolve();
    if (_tag === "WSMessage.Error") tries-- > 0 ? push() : over.resolve();
  });
  await over.promise;
  socket.close(1000);
}
