/**
 * A server between a client and a model server that forwards everything and records it.
 *
 * @module
 */

/** A request and its response. */
export interface Exchange {
  /** The method, such as `POST`. */
  method: string;
  /** The path, such as `/v1/chat/completions`. */
  path: string;
  /** The request's JSON body; `undefined` without a body. */
  // deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
  body: any;
  status: number;
  /** The response's body as text. */
  text: string;
}

/** The server and its records. */
export interface RecordedExchanges extends AsyncDisposable {
  /** The base URL for a client. */
  baseUrl: string;
  /** All finished exchanges, the oldest first. */
  exchanges: Exchange[];
}

/**
 * Starts the server on loopback.
 *
 * @param target the base URL of the model server
 */
export function recordExchanges(target: string): RecordedExchanges {
  const exchanges: Exchange[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const asked = await request.text();
    const headers = new Headers(request.headers);
    headers.delete("host");
    const answer = await fetch(new URL(pathname + search, target), {
      method: request.method,
      headers,
      body: asked === "" ? undefined : asked,
    });
    const text = await answer.text();
    const body = asked === "" ? undefined : JSON.parse(asked);
    exchanges.push({ method: request.method, path: pathname, body, status: answer.status, text });
    return new Response(text, { status: answer.status, headers: answer.headers });
  });
  return {
    baseUrl: `http://127.0.0.1:${server.addr.port}${new URL(target).pathname}`,
    exchanges,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/**
 * Returns the data of a streamed response's events, parsed as JSON. Returns the response itself if it was not streamed.
 */
export function eventsOf({ text }: Exchange): unknown[] {
  if (!/^(?:data|event):/.test(text)) return [JSON.parse(text)];
  const data = text.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice("data: ".length));
  return data.filter((text) => text !== "[DONE]").map((text) => JSON.parse(text));
}
