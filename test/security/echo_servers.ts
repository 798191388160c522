/**
 * Servers that repeat the received secrets in their answers, in every form.
 *
 * @module
 */

import { Signposts } from "../support/signposts.ts";

/** A running server. */
export interface EchoServer extends AsyncDisposable {
  /** The received requests: addresses, headers and bodies. */
  readonly host: string;
  readonly heard: string[];
  /** Resolves when this number of requests has been received. */
  heardOf(count: number): Promise<void>;
}

/**
 * Returns a server's answer.
 *
 * @param echo the received secret in every form
 */
export type Answering = (request: Request, echo: string) => Response;

/**
 * Starts a server.
 *
 * @param answer creates the answer from the secret in the request
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

/** Returns an authorization in all its forms: `Bearer secret`, the secret alone, and encoded. */
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
