/**
 * Servers that repeat whatever they were sent in everything that they answer, in every form.
 *
 * @module
 */

import { Signposts } from "../support/signposts.ts";

/** A running server. */
export interface EchoServer extends AsyncDisposable {
  /** Its host and port. */
  readonly host: string;
  /** All that it was sent: addresses, headers and bodies. */
  readonly heard: string[];
  /** Resolves when it has been sent so many requests. */
  heardOf(count: number): Promise<void>;
}

/** The form of a server's answers. */
export type Answering = (request: Request, echo: string) => Response;

/**
 * Starts a server.
 *
 * @param answer makes the answer, of what the request held
 */
export function startEcho(answer: Answering): EchoServer {
  const heard: string[] = [];
  const counts = new Signposts();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const url = new URL(request.url);
    const headers = JSON.stringify([...request.headers]);
    const isUpgrade = request.headers.get("upgrade") === "websocket";
    heard.push(`${request.method} ${request.url}\n${headers}\n${isUpgrade ? "" : await request.text()}`);
    counts.reach(String(heard.length));
    const payload = decodeURIComponent(url.searchParams.get("payload") ?? "");
    const token = payload === "" ? undefined : JSON.parse(payload).authToken;
    const authorization = request.headers.get("authorization") ?? `Bearer ${token}`;
    return answer(request, echoOf(authorization, url));
  });
  return {
    host: `127.0.0.1:${server.addr.port}`,
    heard,
    heardOf: (count) => counts.reached(String(count)),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** An authorization in all its forms: `Bearer secret`, the secret alone, and encoded. */
function echoOf(authorization: string, { href }: URL): string {
  const secret = authorization.replace(/^Bearer /, "");
  return [
    authorization,
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    btoa(secret),
    btoa(`Bearer ${secret}`),
    btoa(`user:${secret}`),
    href,
  ].join(" ");
}
