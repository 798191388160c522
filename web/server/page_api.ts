/**
 * What the page asks its server for, besides files and the sync socket.
 *
 * | request | |
 * | --- | --- |
 * | `GET /api/site` | who plays IPython, and who we are to the notebook |
 * | `/api/settings` | the settings of the model: `settings/settings_api` |
 * | `GET /api/notebooks`, `POST /api/notebooks {title}` | the list; a new notebook, on the list from its first `PATCH` on |
 * | `PATCH /api/notebooks/ID {title?, cells?}`, `DELETE /api/notebooks/ID` | what the list says of it; off the list |
 * | `GET /api/notebooks/ID/runtime`, `POST /api/notebooks/ID/runtime` | how its agent is; end it and start another |
 * | `GET /api/notebooks/ID/trace?cell=CELL` | what the model was asked for the cell's last execution, and what it answered |
 * | `GET /api/notebooks/ID/usage` | what its cells have cost |
 * | `GET /api/examples`, `GET /api/examples/NAME` | the gallery; a notebook file |
 * | `POST /api/notebooks/ID/artifacts` | keeps what is too large for an event; `{artifactId: "NOTEBOOK/UUID"}` |
 * | `GET /api/artifacts/NOTEBOOK/UUID` | what the agent or the page has uploaded |
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { listExamples, readExample } from "./examples.ts";
import type { NotebookChange, NotebookShelf } from "./notebook_shelf.ts";
import { BodyTooLargeError, readBody, readBytes } from "./read_body.ts";
import type { Runtimes } from "./runtimes.ts";
import type { TraceShelf } from "./trace_shelf.ts";
import { SettingsRefusedError } from "./settings/model_settings.ts";
import { makeSettingsApi, type SettingsApiOptions } from "./settings/settings_api.ts";
import { StorageError } from "./storage_error.ts";
import type { UsageLedger } from "./usage_ledger.ts";

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
  site(): Site;
  /** What the settings panel works on. */
  settings: SettingsApiOptions;
  shelf: NotebookShelf;
  runtimes: Runtimes;
  traces: TraceShelf;
  /** What cells have cost. */
  ledger: UsageLedger;
  /** The base of the sync server's HTTP API. */
  syncApiUrl: string;
  /** The sync server's token. */
  syncToken: string;
  /** Told what could not be kept; the page is told, too. */
  onStorageError(error: StorageError): void;
}

/** The largest body that is read, in bytes: a title and a number, with much room for a title that is cut. */
const LARGEST_BODY = 64 * 1024;

/** The largest artifact, in bytes: the sync server takes no larger one. */
const LARGEST_ARTIFACT = 16 * 1024 * 1024;

/** The longest title that is kept, in characters. */
const LONGEST_TITLE = 200;

/** A notebook's path. */
const NOTEBOOK = "/notebooks/:id{\\w+}";

/** Makes the API, to be mounted at `/api`. */
export function makePageApi(options: PageApiOptions): Hono {
  const { site, settings, shelf, runtimes, traces, ledger, syncApiUrl, syncToken, onStorageError } = options;
  const known: MiddlewareHandler<object, typeof NOTEBOOK> = async ({ req }, next) => {
    const id = req.param("id");
    return shelf.has(id) ? await next() : problem(404, `there is no notebook ${id} on the list`);
  };
  return new Hono()
    .onError((error) => {
      if (error instanceof StorageError) onStorageError(error);
      return explain(error);
    })
    .get("/site", (c) => c.json(site()))
    .route("/settings", makeSettingsApi(settings))
    .get("/notebooks", (c) => c.json(shelf.all))
    .post("/notebooks", async (c) => {
      const { title = "Untitled" } = await readChange(c);
      return c.json(shelf.draft(title), 201);
    })
    .patch(NOTEBOOK, known, async (c) => {
      shelf.change(c.req.param("id"), await readChange(c));
      return c.body(null, 204);
    })
    .delete(NOTEBOOK, known, async (c) => {
      shelf.remove(c.req.param("id"));
      await runtimes.end(c.req.param("id"));
      traces.remove(c.req.param("id"));
      ledger.forget(c.req.param("id"));
      return c.body(null, 204);
    })
    .get(`${NOTEBOOK}/usage`, known, (c) => c.json(ledger.read(c.req.param("id"))))
    .get(`${NOTEBOOK}/runtime`, known, (c) => c.json(runtimes.status(c.req.param("id"))))
    .post(`${NOTEBOOK}/runtime`, known, async (c) => {
      await runtimes.restart(c.req.param("id"));
      return c.json(runtimes.status(c.req.param("id")));
    })
    .get(`${NOTEBOOK}/trace`, known, ({ req }) => {
      const cell = req.query("cell") ?? "";
      const trace = traces.read(req.param("id"), cell);
      if (trace === undefined) return problem(404, `nothing is kept of the cell ${JSON.stringify(cell)}`);
      return new Response(trace, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
    })
    .post(`${NOTEBOOK}/artifacts`, known, async ({ req }) => {
      const headers = {
        "authorization": `Bearer ${syncToken}`,
        "x-notebook-id": req.param("id"),
        "content-type": req.header("content-type") ?? "application/octet-stream",
      };
      const body = await readBytes(req.raw, LARGEST_ARTIFACT);
      const response = await fetch(`${syncApiUrl}/api/artifacts`, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
      });
      return Response.json(await response.json(), { status: response.status });
    })
    .get("/examples", async (c) => c.json(await listExamples()))
    .get("/examples/:name{\\w+}", async (c) => c.text(await readExample(c.req.param("name"))))
    .get("/artifacts/:notebook{[\\w-]+}/:id{[\\w-]+}", async (c) => {
      const { notebook, id } = c.req.param();
      const response = await fetch(`${syncApiUrl}/api/artifacts/${notebook}/${id}`);
      const type = response.headers.get("content-type") ?? "text/plain";
      return new Response(await response.arrayBuffer(), { status: response.status, headers: { "content-type": type } });
    });
}

/** Answers that something went wrong. */
export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

function explain(error: Error): Response {
  if (error instanceof StorageError) return problem(507, error.message);
  if (error instanceof SettingsRefusedError) return problem(409, error.message);
  if (error instanceof BodyTooLargeError) return problem(413, error.message);
  if (error instanceof Deno.errors.NotFound) return problem(404, "there is no such file");
  return problem(error instanceof SyntaxError ? 400 : 500, error.message);
}

/** Reads what is to be changed; takes what fits and leaves the rest. */
async function readChange({ req }: Context): Promise<NotebookChange> {
  const { title, cells }: Record<string, unknown> = Object(JSON.parse(await readBody(req.raw, LARGEST_BODY)));
  return {
    ...typeof title === "string" ? { title: title.slice(0, LONGEST_TITLE) } : {},
    ...Number.isSafeInteger(cells) ? { cells: cells as number } : {},
  };
}
