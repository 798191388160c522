/**
 * Passes a page's sync socket on to the sync server, with the token that the page itself never sees.
 *
 * @module
 */

import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

/** The close codes of RFC 6455 that are used here; a close without one is never answered by sync-cf. */
const NORMAL_CLOSURE = 1000;
const TRY_AGAIN_LATER = 1013;

/** Where a socket is passed on to. */
export interface SyncProxyOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  authToken: string;
  notebookId: string;
  /** The page's socket is open. */
  onOpen(): void;
  /** The page's socket is gone; called once if `onOpen` was. */
  onClose(): void;
}

/** Answers a request to upgrade. Frames pass both ways unread; when one side closes, so does the other. */
export function proxySync(request: Request, options: SyncProxyOptions): Response {
  const { socket: page, response } = Deno.upgradeWebSocket(request);
  let server: WebSocket | undefined;
  page.onopen = () => {
    options.onOpen();
    server = connect(page, options);
  };
  page.onclose = () => {
    options.onClose();
    server?.close(NORMAL_CLOSURE);
  };
  // The close that follows is the one that counts.
  page.onerror = (event) => event.preventDefault();
  return response;
}

function connect(page: WebSocket, { syncUrl, notebookId, authToken }: SyncProxyOptions): WebSocket {
  const server = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
  const early: string[] = [];
  page.onmessage = ({ data }) => {
    if (server.readyState === WebSocket.OPEN) server.send(data);
    else if (server.readyState === WebSocket.CONNECTING) early.push(data);
  };
  server.onopen = () => {
    for (const frame of early.splice(0)) server.send(frame);
  };
  server.onmessage = ({ data }) => {
    if (page.readyState === WebSocket.OPEN) page.send(data);
  };
  server.onclose = () => {
    if (page.readyState === WebSocket.OPEN) page.close(TRY_AGAIN_LATER, "the sync server is gone");
  };
  server.onerror = (event) => event.preventDefault();
  return server;
}
