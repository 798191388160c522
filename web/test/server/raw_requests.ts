/**
 * Requests to a notebook site that a page cannot send.
 *
 * @module
 */

import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import type { TestSite } from "./test_site.ts";

/** Sends a request with headers that `fetch` would not send. Resolves with the HTTP status. */
export async function askAs(
  site: Pick<TestSite, "url">,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const { port } = new URL(site.url);
  const request = httpRequest({ host: "127.0.0.1", port, path, headers });
  request.end();
  const [response] = await once(request, "response");
  response.resume();
  await once(response, "end");
  return response.statusCode;
}

/** Tries to open a notebook's sync socket. Resolves with the HTTP status, which is 101 on success. */
export async function upgrade(
  site: Pick<TestSite, "url">,
  id: string,
  headers: Record<string, string>,
): Promise<number> {
  const { port } = new URL(site.url);
  const key = btoa("sixteen bytes ok");
  const request = httpRequest({
    host: "127.0.0.1",
    port,
    path: `/livestore/websocket?storeId=${id}`,
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": key,
      ...headers,
    },
  });
  const opened = once(request, "upgrade").then(([response, socket]) => {
    socket.destroy();
    return response.statusCode;
  });
  const refused = once(request, "response").then(([response]) => {
    response.destroy();
    return response.statusCode;
  });
  request.end();
  return await Promise.race([opened, refused]);
}

/** Opens the sync socket as the page does, with its cookie. */
export async function openSocket(site: Pick<TestSite, "url">, id: string, cookie: string): Promise<WebSocket> {
  // deno-lint-ignore no-explicit-any -- an option of Deno that the DOM's types lack
  const options: any = { headers: { cookie, origin: site.url } };
  const socket = new WebSocket(`${site.url.replace("http", "ws")}/livestore/websocket?storeId=${id}`, options);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  return socket;
}

/** A raw TCP connection, for requests that do not follow HTTP. */
export interface RawConnection {
  socket: Socket;
  /** Resolves with the received text when the server has closed the connection. */
  ended: Promise<string>;
}

/** Connects and sends a text unchanged. */
export async function connectRaw(port: number, text = ""): Promise<RawConnection> {
  const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  let heard = "";
  const ended = new Promise<string>((resolve) => {
    socket.setEncoding("latin1").on("data", (part) => heard += part);
    for (const event of ["end", "error", "close"]) {
      socket.on(event, () => {
        resolve(heard);
        socket.destroy();
      });
    }
  });
  await once(socket, "connect");
  socket.write(text);
  return { socket, ended };
}

/** Sends a text repeatedly until the connection is closed. */
export function drip({ socket, ended }: RawConnection, text: string): void {
  const timer = setInterval(() => socket.write(text), 50);
  ended.then(() => clearInterval(timer));
}
