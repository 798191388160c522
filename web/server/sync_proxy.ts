/**
 * Connects a page's sync socket to the sync server and adds the token, which the page itself never sees.
 *
 * @module
 */

import { WebSocket } from "ws";
import { MAX_MESSAGE_LENGTH } from "../../src/notebook/sync/message_limits.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

/** The close codes of RFC 6455 that are used here. sync-cf never answers a close without a code. */
const NORMAL_CLOSURE = 1000;
const TRY_AGAIN_LATER = 1013;

/** The longest time for the sync server to open a socket, in milliseconds. It is on this machine. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The amount of unsent data at which the other side is paused, in bytes. */
const HIGH_WATER = 1024 * 1024;

export interface SyncProxyOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  authToken: string;
  notebookId: string;
  onClose(): void;
}

/** Connects a page's open socket to the sync server. Frames pass both ways unread. When one side closes, so does the other. */
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

/** Forwards messages. A slow receiver pauses the sender, so that messages do not pile up here. */
function pass(from: WebSocket, to: WebSocket): void {
  from.on("message", (data, isBinary) => {
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount < HIGH_WATER) from.resume();
    });
    if (to.bufferedAmount >= HIGH_WATER) from.pause();
  });
  // The close event that follows is handled.
  from.on("error", () => {});
}

/** Closes a side. A paused one is resumed, so that it receives the other end's close. */
function close(socket: WebSocket, code: number, reason?: string): void {
  socket.resume();
  socket.close(code, reason);
}
