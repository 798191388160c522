/**
 * Starts a replacement for the notebook app. It draws a notebook's outputs by the app's rules: in the page on one
 * host, or in frames on another host if they might run scripts. An artifact's relative URL does not work on the
 * frames' host.
 *
 * ```ts
 * await using app = startNotebookApp({ apiUrl: server.apiUrl, cells: () => cellsOf(person) });
 * await page.goto(app.pageUrl);
 * ```
 *
 * @module
 */

import { stripTypeScriptTypes } from "node:module";
import type { AppCell } from "./app_cell.ts";

export interface NotebookAppOptions {
  /** The base URL of the sync server's HTTP API. The page's host forwards requests for artifacts to it. */
  apiUrl: string;
  /** Returns the notebook. Called when a page is loaded. */
  cells(): readonly AppCell[];
}

export interface NotebookApp extends AsyncDisposable {
  /** The URL of the page, on `localhost`. */
  readonly pageUrl: string;
  /** The URL of the frames, on `127.0.0.1`. */
  readonly frameUrl: string;
  /** The paths of all requests to the page's host so far. */
  readonly pageRequests: readonly string[];
  /** The paths of all requests to the frames' host so far. */
  readonly frameRequests: readonly string[];
}

const HTML = "text/html; charset=utf-8";

/** The files of this folder that both hosts serve, besides their document. */
const CONTENT_TYPES: Record<string, string> = { css: "text/css", ts: "text/javascript" };

/** Starts both hosts on free ports of this machine. */
export function startNotebookApp({ apiUrl, cells }: NotebookAppOptions): NotebookApp {
  const pageRequests: string[] = [];
  const frameRequests: string[] = [];
  const frames = listen(async (path) => {
    frameRequests.push(path);
    return path === "/" ? await document("frame.html") : await script(path) ?? new Response(null, { status: 404 });
  });
  const frameUrl = `http://127.0.0.1:${frames.addr.port}/`;
  const page = listen(async (path) => {
    pageRequests.push(path);
    if (path === "/cells") return Response.json({ cells: cells(), frameUrl });
    if (path.startsWith("/api/artifacts/")) return await fetch(apiUrl + path);
    // The app answers any other path with its page.
    return await script(path) ?? await document("page.html");
  });
  return {
    pageUrl: `http://localhost:${page.addr.port}/`,
    frameUrl,
    pageRequests,
    frameRequests,
    async [Symbol.asyncDispose]() {
      await Promise.all([page.shutdown(), frames.shutdown()]);
    },
  };
}

function listen(answer: (path: string) => Promise<Response>): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => answer(new URL(request.url).pathname),
  );
}

async function document(name: string): Promise<Response> {
  return new Response(await read(name), { headers: { "content-type": HTML } });
}

/** Returns a file of this folder as an HTTP response. */
async function script(path: string): Promise<Response | undefined> {
  const [, name, ending] = /^\/(\w+\.(\w+))$/.exec(path) ?? [];
  const contentType = CONTENT_TYPES[ending];
  if (contentType === undefined) return undefined;
  const text = await read(name);
  const content = ending === "ts" ? stripTypeScriptTypes(text) : text;
  return new Response(content, { headers: { "content-type": contentType } });
}

async function read(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(name, import.meta.url));
}
