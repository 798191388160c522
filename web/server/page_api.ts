/**
 * What the page asks its server for, besides files and the sync socket.
 *
 * | request | |
 * | --- | --- |
 * | `GET /api/site` | who plays IPython, and who we are to the notebook |
 * | `GET /api/notebooks`, `POST /api/notebooks {title}` | the list; a new notebook |
 * | `PATCH /api/notebooks/ID {title?, cells?}`, `DELETE /api/notebooks/ID` | what the list says of it; off the list |
 * | `GET /api/notebooks/ID/runtime`, `POST /api/notebooks/ID/runtime` | how its agent is; end it and start another |
 * | `GET /api/examples`, `GET /api/examples/NAME` | the gallery; a notebook file |
 * | `GET /api/artifacts/NOTEBOOK/UUID` | a picture that the agent has uploaded |
 *
 * @module
 */

import { listExamples, readExample } from "./examples.ts";
import type { NotebookChange, NotebookShelf } from "./notebook_shelf.ts";
import type { Runtimes } from "./runtimes.ts";

/** Who plays IPython here. */
export interface Site {
  /** The model's name. */
  model: string;
  /** Whether it is the offline stand-in. */
  isOffline: boolean;
  /** The host of its server; empty for the offline one. */
  modelHost: string;
  /** The id of the person before the page, as the notebook knows it. */
  userId: string;
}

/** What the API works on. */
export interface PageApiOptions {
  site: Site;
  shelf: NotebookShelf;
  runtimes: Runtimes;
  /** The base of the sync server's HTTP API. */
  syncApiUrl: string;
}

type Handler = (request: Request, part: string) => Response | Promise<Response>;

/** The longest request that is read, in characters: a title and a number. */
const LONGEST_REQUEST = 10_000;

/** The longest title that is kept, in characters. */
const LONGEST_TITLE = 200;

/** Makes the API: a request in, its answer out; nothing if the path is none of the API's. */
export function makePageApi({ site, shelf, runtimes, syncApiUrl }: PageApiOptions) {
  const known = (handle: Handler): Handler => (request, id) =>
    shelf.has(id) ? handle(request, id) : problem(404, `there is no notebook ${id} on the list`);
  const routes: [method: string, path: RegExp, handle: Handler][] = [
    ["GET", /^\/api\/site$/, () => Response.json(site)],
    ["GET", /^\/api\/notebooks$/, () => Response.json(shelf.all)],
    ["POST", /^\/api\/notebooks$/, async (request) => {
      const { title = "Untitled" } = readChange(await readJson(request));
      return Response.json(shelf.add(title), { status: 201 });
    }],
    [
      "PATCH",
      /^\/api\/notebooks\/(\w+)$/,
      known(async (request, id) => {
        shelf.change(id, readChange(await readJson(request)));
        return new Response(null, { status: 204 });
      }),
    ],
    [
      "DELETE",
      /^\/api\/notebooks\/(\w+)$/,
      known(async (_, id) => {
        shelf.remove(id);
        await runtimes.end(id);
        return new Response(null, { status: 204 });
      }),
    ],
    ["GET", /^\/api\/notebooks\/(\w+)\/runtime$/, known((_, id) => Response.json(runtimes.status(id)))],
    [
      "POST",
      /^\/api\/notebooks\/(\w+)\/runtime$/,
      known(async (_, id) => {
        await runtimes.restart(id);
        return Response.json(runtimes.status(id));
      }),
    ],
    ["GET", /^\/api\/examples$/, async () => Response.json(await listExamples())],
    ["GET", /^\/api\/examples\/(\w+)$/, async (_, name) => new Response(await readExample(name))],
    ["GET", /^\/api\/artifacts\/([\w-]+\/[\w-]+)$/, async (_, id) => {
      const { status, headers, body } = await fetch(`${syncApiUrl}/api/artifacts/${id}`);
      return new Response(body, { status, headers: { "content-type": headers.get("content-type") ?? "text/plain" } });
    }],
  ];
  return async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/api/")) return undefined;
    for (const [method, path, handle] of routes) {
      const match = method === request.method ? path.exec(pathname) : null;
      if (match !== null) return await answer(() => handle(request, match[1]));
    }
    return problem(404, `no route ${request.method} ${pathname}`);
  };
}

async function answer(handle: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return problem(404, "there is no such file");
    return problem(error instanceof SyntaxError ? 400 : 500, (error as Error).message);
  }
}

/** Answers that something went wrong. */
export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > LONGEST_REQUEST) throw new SyntaxError(`the request is longer than ${LONGEST_REQUEST} characters`);
  return JSON.parse(text);
}

/** Takes what fits and leaves the rest. */
function readChange(value: unknown): NotebookChange {
  const { title, cells } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  return {
    ...typeof title === "string" ? { title: title.slice(0, LONGEST_TITLE) } : {},
    ...Number.isSafeInteger(cells) ? { cells: cells as number } : {},
  };
}
