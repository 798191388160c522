/**
 * The page's API, except for files and the sync socket.
 *
 * | request | |
 * | --- | --- |
 * | `GET /api/site` | the model, and our user id in notebooks |
 * | `/api/settings` | the settings of the model: `settings/settings_api` |
 * | `GET /api/notebooks`, `POST /api/notebooks {title}` | the list; creates a notebook, which is listed after its first `PATCH` |
 * | `PATCH /api/notebooks/ID {title?, cells?}`, `DELETE /api/notebooks/ID` | changes its entry in the list; removes it from the
 * list |
 * | `GET /api/notebooks/ID/runtime`, `POST /api/notebooks/ID/runtime` | the state of its agent; restarts it |
 * | `GET /api/notebooks/ID/trace?cell=CELL` | the model's requests and answers in the cell's last execution |
 * | `GET /api/notebooks/ID/usage` | the cost of its cells |
 * | `GET /api/examples`, `GET /api/examples/NAME` | the gallery; a notebook file |
 * | `POST /api/notebooks/ID/artifacts` | stores what is too large for an event; `{artifactId: "NOTEBOOK/UUID"}` |
 * | `GET /api/artifacts/NOTEBOOK/UUID` | an artifact of the agent or the page |
 *
 * @module
 */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { maxArtifactBytes } from "../../stack/sync_server/worker/artifacts.ts";
import { listExamples, readExample } from "./examples.ts";
import type { NotebookChange, NotebookShelf } from "./notebook_shelf.ts";
import { BodyTooLargeError, readBody, readBytes } from "./read_body.ts";
import type { Runtimes } from "./runtimes.ts";
import type { TraceShelf } from "./trace_shelf.ts";
import { SettingsRefusedError } from "./settings/model_settings.ts";
import { makeSettingsApi, type SettingsApiOptions } from "./settings/settings_api.ts";
import { StorageError } from "./storage_error.ts";
import type { UsageLedger } from "./usage_ledger.ts";

/** The data of the site. */
export interface Site {
  model: string;
  isOffline: boolean;
  /** The host of the model's server; empty for the offline model. */
  modelHost: string;
  userId: string;
}

export interface PageApiOptions {
  site(): Site;
  settings: SettingsApiOptions;
  shelf: NotebookShelf;
  runtimes: Runtimes;
  traces: TraceShelf;
  ledger: UsageLedger;
  syncApiUrl: string;
  syncToken: string;
  /** Called with an error for data that could not be written. The page gets the error, too. */
  onStorageError(error: StorageError): void;
}

/** The largest request body, in bytes: enough for a number and an overlong title. */
const LARGEST_BODY = 64 * 1024;

/** The longest title, in characters. Longer ones are cut. */
const LONGEST_TITLE = 200;

/** A notebook's path. */
const NOTEBOOK = "/notebooks/:id{\\w+}";

/** Creates the API, to be mounted at `/api`. */
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
      if (trace === undefined) return problem(404, `there is no record of the cell ${JSON.stringify(cell)}`);
      return new Response(trace, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
    })
    .post(`${NOTEBOOK}/artifacts`, known, async ({ req }) => {
      const headers = {
        "authorization": `Bearer ${syncToken}`,
        "x-notebook-id": req.param("id"),
        "content-type": req.header("content-type") ?? "application/octet-stream",
      };
      const body = await readBytes(req.raw, maxArtifactBytes);
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

/** Reads the requested changes. Ignores invalid fields. */
async function readChange({ req }: Context): Promise<NotebookChange> {
  const { title, cells }: Record<string, unknown> = Object(JSON.parse(await readBody(req.raw, LARGEST_BODY)));
  return {
    ...typeof title === "string" ? { title: title.slice(0, LONGEST_TITLE) } : {},
    ...Number.isSafeInteger(cells) ? { cells: cells as number } : {},
  };
}
