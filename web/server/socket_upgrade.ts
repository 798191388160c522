/**
 * Lets the app answer upgrade requests: it either takes the socket or refuses it like any other request.
 *
 * @module
 */

import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

export interface UpgradeBindings {
  /** Opens the request's WebSocket. Absent if the request is not for one. */
  takeSocket?(onOpen: (socket: WebSocket) => void): void;
}

export interface UpgradedSockets {
  /** Asks all pages to leave. */
  close(): void;
  /** Terminates the remaining sockets. */
  terminate(): void;
}

/**
 * The largest message of a page, in bytes. The page sends frames of up to 400,000 characters; a larger one contains a single
 * event, and the sync server refuses events from 1 MiB on.
 */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** The close code of RFC 6455 for a server that shuts down. */
const GOING_AWAY = 1001;

/**
 * Answers a server's upgrade requests.
 *
 * @param answer the app. Its response is sent unless it has taken the socket
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
      // The request cannot be expressed as a `Request`; its method is TRACE, for example.
      socket.destroy();
    }
  });
  return {
    close: () => sockets.clients.forEach((socket) => socket.close(GOING_AWAY)),
    terminate: () => sockets.clients.forEach((socket) => socket.terminate()),
  };
}

/** Converts the request without its body, because an upgrade has none. */
function toRequest({ url = "/", method, headers }: IncomingMessage): Request {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(new URL(url.replace(/^\/*/, "/"), `http://${headers.host}`), { method, headers: entries });
}

/** Sends a response and ends the connection without waiting for the client to end it. */
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
