/**
 * Passes a page's sync socket on to the sync server, with the token that the page itself never sees.
 *
 * @module
 */

import { WebSocket } from "ws";
import { MAX_MESSAGE_LENGTH } from "../../src/notebook/sync/message_limits.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

/** The close codes of RFC 6455 that are used here; a close without one is never answered by sync-cf. */
const NORMAL_CLOSURE = 1000;
const TRY_AGAIN_LATER = 1013;

/** How long the sync server may take to open a socket, in milliseconds. It is on this machine. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** How much may be on its way to one side before the other has to wait, in bytes. */
const HIGH_WATER = 1024 * 1024;

/** Where a socket is passed on to. */
export interface SyncProxyOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  authToken: string;
  notebookId: string;
  /** The page's socket is gone. */
  onClose(): void;
}

/** Joins a page's open socket with one of the sync server. Frames pass both ways unread; when one side closes, so does the other. */
export function proxySync(page: WebSocket, { syncUrl, notebookId, authToken, onClose }: SyncProxyOptions): void {
  const server = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }), {
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_MESSAGE_LENGTH,
    perMessageDeflate: false,
  });
  page.pause();
  server.on("open", () => page.resume());
  pass(page, server);
  pass(server, page);
  page.on("close", () => {
    onClose();
    close(server, NORMAL_CLOSURE);
  });
  server.on("close", () => close(page, TRY_AGAIN_LATER, "the sync server is gone"));
}

/** Passes messages on. A side that does not take them in time makes the other wait, so that none pile up here. */
function pass(from: WebSocket, to: WebSocket): void {
  from.on("message", (data, isBinary) => {
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount < HIGH_WATER) from.resume();
    });
    if (to.bufferedAmount >= HIGH_WATER) from.pause();
  });
  // The close that follows is the one that counts.
  from.on("error", () => {});
}

/** Closes a side. One that waits must read on, to hear that the other end has closed, too. */
function close(socket: WebSocket, code: number, reason?: string): void {
  socket.resume();
  socket.close(code, reason);
}
