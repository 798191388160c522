/**
 * A notebook server for tests that rejects sockets, or gives other answers of a test.
 *
 * @module
 */

/** The server's answers. */
export interface RefusingAnswers {
  /** The answer to `/api/me`. Default: the user `user-1`. */
  me?(): Response;
  /** The answer to a request for a socket. Default: that of a server that does not know the token. */
  socket?(request: Request): Response;
}

/** A running server. */
export interface RefusingServer extends AsyncDisposable {
  /** The base of the sync socket. */
  readonly syncUrl: string;
  /** The requested paths. A request for a socket is `socket`. */
  readonly asked: readonly string[];
}

/** Returns a server's rejection of a socket. The reason is in the text of an error object, as sync-cf writes it. */
export function refuseSocket(reason: string, status = 400): Response {
  return new Response(`{ "cause": Error: ${reason}, "note": "validatePayload", "_tag": "UnexpectedError" }`, {
    status,
  });
}

/** Returns the app's page, which is its answer at unknown paths. */
export function appPage(): Response {
  return new Response("<!doctype html><title>User must be authenticated</title>", {
    headers: { "content-type": "text/html" },
  });
}

/**
 * Starts a server on a free port of this machine.
 *
 * @param tls its certificate and key. Default: plain HTTP
 */
export function startRefusingServer(
  { me = () => Response.json({ id: "user-1" }), socket = () => refuseSocket("User must be authenticated") }:
    RefusingAnswers,
  tls?: { cert: string; key: string },
): RefusingServer {
  const asked: string[] = [];
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {}, ...tls };
  const server = Deno.serve(options, (request) => {
    const { pathname } = new URL(request.url);
    // The app compares the header with this exact value.
    const isSocket = pathname.startsWith("/livestore") && request.headers.get("upgrade") === "websocket";
    asked.push(isSocket ? "socket" : pathname);
    if (isSocket) return socket(request);
    return pathname === "/api/me" ? me() : appPage();
  });
  return {
    syncUrl: `${tls === undefined ? "ws" : "wss"}://localhost:${server.addr.port}/livestore`,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
