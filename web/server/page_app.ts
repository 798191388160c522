/**
 * What the page's server answers, and to whom: the built page, its API, and its way to the sync server.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import type { Admission, Refusal } from "./admission.ts";
import { makePageApi, type PageApiOptions, problem } from "./page_api.ts";
import { serveFile } from "./page_files.ts";
import { secured } from "./security_headers.ts";
import { proxySync } from "./sync_proxy.ts";

/** What the answers are made of. */
export interface PageAppOptions extends PageApiOptions {
  /** Who is answered. */
  admission: Admission;
  /** The folder of the built page. */
  pageFolder: string;
  /** The paths of its files. */
  files: Iterable<string>;
  /** The sync server's token. */
  token: string;
  /** The WebSocket base of the sync server. */
  syncUrl: string;
}

/** The addresses that the page itself shows something under. */
const PAGE = ["/", "/notebooks/:id{\\w+}"];

/** Makes the answers; the order of the lines is the order of the checks. */
export function makePageApp(options: PageAppOptions): Hono {
  const { admission, pageFolder, files } = options;
  const app = new Hono({ getPath });
  app.onError((error) => problem(500, String(error)));
  app.notFound(({ req }) => problem(404, `no route ${req.method} ${req.path}`));

  app.use(async ({ req }, next) => refusal(admission.checkOrigin(req.raw)) ?? await next());
  app.on("GET", PAGE, secured("page"), (c) => {
    c.header("set-cookie", admission.setCookie);
    return serveFile(c, pageFolder, "/index.html");
  });
  for (const path of files) {
    app.get(path, secured(path === "/frame.html" ? "frame" : "page"), (c) => serveFile(c, pageFolder, path));
  }
  app.use(async ({ req }, next) => refusal(admission.checkCookie(req.raw)) ?? await next());
  app.all("/livestore/websocket", (c) => openSocket(c, options));
  // Headers are set on the way back, so the first of these two sets its policy last.
  app.use("/api/artifacts/*", secured("artifact"));
  app.use(secured("page"));
  app.route("/api", makePageApi(options));
  return app;
}

/** Returns the path as it was sent; Hono would decode it. HEAD gets none: Hono would take a GET route, and HEAD has no route here. */
function getPath({ method, url }: Request): string {
  return method === "HEAD" ? "" : new URL(url).pathname;
}

function refusal(refused: Refusal | undefined): Response | undefined {
  return refused && problem(refused.status, refused.reason);
}

function openSocket({ req }: Context, { shelf, runtimes, syncUrl, token }: PageAppOptions): Response {
  const notebookId = req.query("storeId") ?? "";
  if (!shelf.has(notebookId)) return problem(404, `there is no notebook ${notebookId} on the list`);
  if (req.header("upgrade")?.toLowerCase() !== "websocket") return problem(426, "this address speaks WebSocket");
  // A browser always says where a socket is opened from; whoever does not is not our page.
  if (req.header("origin") === undefined) return problem(403, "a socket without an origin");
  let leave = () => {};
  return proxySync(req.raw, {
    syncUrl,
    authToken: token,
    notebookId,
    onOpen: () => leave = runtimes.enter(notebookId),
    onClose: () => leave(),
  });
}
