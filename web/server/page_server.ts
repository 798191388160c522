/**
 * The page's own server, on 127.0.0.1: the built page, its API, and its way to the sync server.
 *
 * @module
 */

import { Admission, type Refusal } from "./admission.ts";
import { makePageApi, type PageApiOptions, problem } from "./page_api.ts";
import { listFiles, serveFile } from "./page_files.ts";
import { secure } from "./security_headers.ts";
import { proxySync } from "./sync_proxy.ts";

/** What the server needs. */
export interface PageServerOptions extends PageApiOptions {
  /** The port; 0 for a free one. */
  port: number;
  /** The folder of the built page. */
  pageFolder: string;
  /** The secret of the page's cookie, which is also the sync server's token. */
  token: string;
  /** The WebSocket base of the sync server. */
  syncUrl: string;
}

/** A running server. */
export interface PageServer extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
}

/** The addresses that the page itself shows something under. */
const PAGE = /^\/(?:notebooks\/\w+)?$/;

/** How long requests may take to end when the server is stopped, in milliseconds. */
const CLOSE_DEADLINE_MS = 1_000;

/**
 * Starts the server.
 *
 * @throws {Deno.errors.AddrInUse} when the port is taken
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { pageFolder, token } = options;
  const files = await listFiles(pageFolder);
  const api = makePageApi(options);
  let admission: Admission | undefined;

  const respond = async (request: Request): Promise<Response> => {
    admission ??= new Admission({ port: server.addr.port, token });
    const { pathname } = new URL(request.url);
    const host = request.headers.get("host") ?? "";
    const stranger = admission.checkOrigin(request);
    if (stranger !== undefined) return refuse(stranger);
    if (request.method === "GET" && PAGE.test(pathname)) {
      const page = await serveFile(pageFolder, "/index.html");
      page.headers.append("set-cookie", admission.setCookie);
      return secure(page, "page", host);
    }
    if (request.method === "GET" && files.has(pathname)) {
      return secure(await serveFile(pageFolder, pathname), pathname === "/frame.html" ? "frame" : "page", host);
    }
    const unknown = admission.checkCookie(request);
    if (unknown !== undefined) return refuse(unknown);
    if (pathname === "/livestore/websocket") return openSocket(request, options);
    const answer = await api(request) ?? problem(404, `no route ${request.method} ${pathname}`);
    return secure(answer, pathname.startsWith("/api/artifacts/") ? "artifact" : "page", host);
  };

  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port,
    onListen: () => {},
    onError: (error) => problem(500, String(error)),
  }, respond);
  return {
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      const closed = server.shutdown();
      const deadline = Promise.withResolvers<void>();
      const timer = setTimeout(deadline.resolve, CLOSE_DEADLINE_MS);
      await Promise.race([closed, deadline.promise]);
      clearTimeout(timer);
    },
  };
}

function refuse({ status, reason }: Refusal): Response {
  return problem(status, reason);
}

function openSocket(request: Request, { shelf, runtimes, syncUrl, token }: PageServerOptions): Response {
  const notebookId = new URL(request.url).searchParams.get("storeId") ?? "";
  if (!shelf.has(notebookId)) return problem(404, `there is no notebook ${notebookId} on the list`);
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return problem(426, "this address speaks WebSocket");
  }
  // A browser always says where a socket is opened from; whoever does not is not our page.
  if (request.headers.get("origin") === null) return problem(403, "a socket without an origin");
  let leave = () => {};
  return proxySync(request, {
    syncUrl,
    authToken: token,
    notebookId,
    onOpen: () => leave = runtimes.enter(notebookId),
    onClose: () => leave(),
  });
}
