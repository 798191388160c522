/**
 * Lets the app answer requests to upgrade: it may take the socket, or refuse it as it refuses any request.
 *
 * @module
 */

import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

/** What the app is given with a request. */
export interface UpgradeBindings {
  /** Opens the request's WebSocket. Absent when the request is not for one. */
  takeSocket?(onOpen: (socket: WebSocket) => void): void;
}

/** The WebSockets that are open. */
export interface UpgradedSockets {
  /** Asks all pages to leave. */
  close(): void;
  /** Ends what is left. */
  terminate(): void;
}

/**
 * The largest message that a page may send, in bytes: the page cuts what it sends into frames of 400,000 characters, and an event that
 * stands alone in one is refused by the sync server from 1 MiB on.
 */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** The close code of RFC 6455 for an end that is going away. */
const GOING_AWAY = 1001;

/**
 * Answers a server's requests to upgrade.
 *
 * @param server where they arrive
 * @param answer the app: its answer is sent, unless it has taken the socket
 */
export function answerUpgrades(
  server: Server,
  answer: (request: Request, bindings: UpgradeBindings) => Response | Promise<Response>,
): UpgradedSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  server.on("upgrade", async (incoming, socket, head) => {
    socket.on("error", () => socket.destroy());
    let isTaken = false;
    const takeSocket = (onOpen: (socket: WebSocket) => void) => {
      isTaken = true;
      sockets.handleUpgrade(incoming, socket, head, onOpen);
    };
    const isWebSocket = incoming.headers.upgrade?.toLowerCase() === "websocket";
    try {
      const response = await answer(toRequest(incoming), isWebSocket ? { takeSocket } : {});
      if (!isTaken) await refuse(socket, response);
    } catch {
      // A request that cannot be put into words of the web, such as TRACE.
      socket.destroy();
    }
  });
  return {
    close: () => sockets.clients.forEach((socket) => socket.close(GOING_AWAY)),
    terminate: () => sockets.clients.forEach((socket) => socket.terminate()),
  };
}

/** The request without its body, which an upgrade does not have. */
function toRequest({ url = "/", method, headers }: IncomingMessage): Request {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(new URL(url.replace(/^\/*/, "/"), `http://${headers.host}`), { method, headers: entries });
}

/** Sends an answer and ends the connection; nobody waits for the client to end it. */
async function refuse(socket: Duplex, response: Response): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  const headers = [...response.headers].filter(([name]) => name !== "connection" && name !== "content-length");
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ""}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
    "connection: close",
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  socket.end(body, () => socket.destroy());
}
