/**
 * A server between a client and a model server, which passes everything on and keeps what was said.
 *
 * @module
 */

/** A request and its answer. */
export interface Exchange {
  /** `POST`. */
  method: string;
  /** The path: `/v1/chat/completions`. */
  path: string;
  /** The request's JSON body; `undefined` when it has none. */
  // deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
  body: any;
  status: number;
  /** The answer's body, as it is. */
  text: string;
}

/** The server and what it has kept. */
export interface RecordedExchanges extends AsyncDisposable {
  /** The base URL for a client, in the place of the server's. */
  baseUrl: string;
  /** All exchanges that have ended, oldest first. */
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

/** The data of the events of an answer that was streamed, read as JSON; the answer itself if it was not. */
export function eventsOf({ text }: Exchange): unknown[] {
  if (!/^(?:data|event):/.test(text)) return [JSON.parse(text)];
  const data = text.split("\n").filter((line) => line.startsWith("data: ")).map((line) => line.slice("data: ".length));
  return data.filter((text) => text !== "[DONE]").map((text) => JSON.parse(text));
}
