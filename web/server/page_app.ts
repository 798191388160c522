/**
 * The routes of the page's server, with their checks: the built page, its API, and the connection to the sync server.
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Admission } from "./admission.ts";
import { missingNotebookPage, missingPage } from "./missing_page.ts";
import { makePageApi, type PageApiOptions, problem } from "./page_api.ts";
import { serveFile } from "./page_files.ts";
import { secured } from "./security_headers.ts";
import type { UpgradeBindings } from "./socket_upgrade.ts";
import { proxySync } from "./sync_proxy.ts";
import { unadmittedPage } from "./unadmitted_page.ts";

export interface PageAppOptions extends PageApiOptions {
  admission: Admission;
  pageFolder: string;
  files: Iterable<string>;
  /** The WebSocket base of the sync server. */
  syncUrl: string;
}

/** The environment of a request in Hono. */
interface PageEnvironment {
  Bindings: UpgradeBindings;
}

/** The paths that only the page's scripts request. */
const SCRIPTED = /^\/(?:api|livestore)(?:\/|$)/;

const TOKEN = "token";

/** Creates the routes. The order of the lines is the order of the checks. */
export function makePageApp(options: PageAppOptions): Hono<PageEnvironment> {
  const { admission, pageFolder, shelf } = options;
  const files = new Set(options.files);
  const app = new Hono<PageEnvironment>({ getPath });
  app.onError((error) => problem(500, String(error)));
  app.notFound(missing);

  app.use(async ({ req }, next) => {
    const refused = admission.checkOrigin(req.raw);
    return refused === undefined ? await next() : problem(refused.status, refused.reason);
  });
  // Headers are set after the handler, so the first of these sets its policy last.
  app.use("/api/artifacts/*", secured("artifact"));
  app.get("/frame.html", secured("frame"));
  app.use(secured("page"));
  app.use(takeToken(admission));
  const gate = admission.isOpen ? giveCookie(admission) : wantCookie(admission);
  app.get("/", gate, (c) => serveFile(c, pageFolder, "/index.html"));
  app.get("/notebooks/:id{\\w+}", gate, (c) => {
    return shelf.has(c.req.param("id"))
      ? serveFile(c, pageFolder, "/index.html")
      : notFoundPage(c, missingNotebookPage);
  });
  // A browser that gets the cookie with its first page may start at any address, even an unknown one.
  if (admission.isOpen) {
    app.get("*", (c, next) => files.has(c.req.path) || SCRIPTED.test(c.req.path) ? next() : missing(c));
  }
  app.use(wantCookie(admission));
  for (const path of files) app.get(path, (c) => serveFile(c, pageFolder, path));
  app.all("/livestore/websocket", (c) => openSocket(c, options));
  app.route("/api", makePageApi(options));
  return app;
}

/** Responds that an address is unknown, as a page to browsers and as JSON to scripts. */
function missing(c: Context): Response | Promise<Response> {
  const { method, path } = c.req;
  if (method !== "GET" || SCRIPTED.test(path)) return problem(404, `no route ${method} ${path}`);
  return notFoundPage(c, missingPage);
}

function notFoundPage(c: Context, page: string): Response | Promise<Response> {
  c.header("cache-control", "no-store");
  return c.html(page, 404);
}

/** Exchanges the token in an address for the cookie and redirects, so that the token stays in no history and on no screen. */
function takeToken(admission: Admission): MiddlewareHandler {
  return async (c, next) => {
    const { req } = c;
    const token = req.query(TOKEN);
    if (token === undefined || req.method !== "GET" || SCRIPTED.test(req.path)) return await next();
    if (admission.isToken(token)) c.header("set-cookie", admission.setCookie);
    else if (!admission.hasCookie(req.raw)) return await next();
    const url = new URL(req.url);
    url.searchParams.delete(TOKEN);
    c.header("cache-control", "no-store");
    return c.redirect(url.href, 303);
  };
}

/**
 * Returns the path as it was sent, because Hono would decode it. Returns none for HEAD, which Hono would route as GET; no route
 * here supports HEAD.
 */
function getPath({ method, url }: Request): string {
  return method === "HEAD" ? "" : new URL(url).pathname;
}

/** Sets the cookie for every browser. */
function giveCookie(admission: Admission): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header("set-cookie", admission.setCookie);
  };
}

/** Refuses a request without the cookie, with a page for browsers and with JSON for scripts. */
function wantCookie(admission: Admission): MiddlewareHandler {
  return async (c, next) => {
    if (admission.hasCookie(c.req.raw)) return await next();
    c.header("cache-control", "no-store");
    if (!SCRIPTED.test(c.req.path)) return c.html(unadmittedPage, 401);
    const error = "User must be authenticated: open the address with the token that the terminal shows";
    return c.json({ error }, 401);
  };
}

function openSocket(
  { req, env }: Context<PageEnvironment>,
  { shelf, runtimes, syncUrl, syncToken }: PageAppOptions,
): Response {
  const notebookId = req.query("storeId") ?? "";
  if (!shelf.has(notebookId)) return problem(404, `there is no notebook ${notebookId} on the list`);
  if (env?.takeSocket === undefined) return problem(426, "this address accepts only WebSocket connections");
  // A browser always sends the origin of a socket. A client that does not is not our page.
  if (req.header("origin") === undefined) return problem(403, "a WebSocket request without an Origin header");
  env.takeSocket((page) => {
    const onClose = runtimes.enter(notebookId);
    proxySync(page, { syncUrl, authToken: syncToken, notebookId, onClose });
  });
  return new Response(null, { status: 204 });
}
