/**
 * The page's server with a small page, without a sync server and agents.
 *
 * @module
 */

import { once } from "node:events";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { join } from "node:path";
import { NotebookShelf } from "../../server/notebook_shelf.ts";
import { type PageServerOptions, startPageServer } from "../../server/page_server.ts";
import { ModelSettings } from "../../server/settings/model_settings.ts";
import { SettingsFile } from "../../server/settings/settings_file.ts";
import { Runtimes } from "../../server/runtimes.ts";
import { TraceShelf } from "../../server/trace_shelf.ts";
import { UsageLedger } from "../../server/usage_ledger.ts";

/** The site's data, as `/api/site` returns it. */
export const site = { model: "scripted", isOffline: false, modelHost: "models.example", userId: "local-user" };

/** The secret in the page's address and in its cookie. */
export const token = "secret";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The differences between a request and a plain GET of the page. */
export interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** An address at which no server listens. */
const nowhere = "127.0.0.1:9";

export interface SmallServerOptions extends Pick<PageServerOptions, "isOpen" | "limits"> {
  /** The address of the sync server. Default: one at which no server listens. */
  syncUrl?: string;
}

/** Starts a server with a small page, one notebook and no agents. */
export async function startSmallServer(
  { isOpen, limits, syncUrl = `ws://${nowhere}/livestore` }: SmallServerOptions = {},
) {
  await using started = new AsyncDisposableStack();
  const dataDir = await Deno.makeTempDir({ prefix: "page-server-" });
  started.defer(() => Deno.remove(dataDir, { recursive: true }));
  const pageFolder = join(dataDir, "page");
  await Deno.mkdir(join(pageFolder, "assets"), { recursive: true });
  const files = [
    "index.html",
    "frame.html",
    "icon.svg",
    "assets/a.js",
    "assets/a.css",
    "assets/a.wasm",
    "assets/a.woff2",
  ];
  for (const name of files) await Deno.writeTextFile(join(pageFolder, name), name);
  const shelf = await NotebookShelf.open({ dataDir, clock: { date: () => new Date(0) }, newId: () => "known" });
  shelf.change(shelf.draft("Known").id, {});
  const fail = (error: Error) => {
    throw error;
  };
  const makeAgent = () => {
    throw new Error("there is no agent here");
  };
  const runtimes = started.use(new Runtimes({ makeAgent, lingerMs: 0 }));
  const has = (id: string) => shelf.has(id);
  const traces = await TraceShelf.open({ dataDir, has, onStorageError: fail });
  const server = started.use(
    await startPageServer({
      port: 0,
      pageFolder,
      pageToken: token,
      isOpen,
      syncToken: "another secret",
      site: () => site,
      settings: {
        settings: new ModelSettings({}, await SettingsFile.open(dataDir)),
        offline: () => ({ isOffline: true, isOfflineForced: false }),
        onChange: () => {},
      },
      shelf,
      runtimes,
      traces,
      ledger: new UsageLedger({ dataDir, has, onStorageError: fail }),
      syncUrl,
      limits,
      syncApiUrl: `http://${nowhere}`,
      onStorageError: fail,
    }),
  );
  const running = started.move();
  const { port } = server;
  /** Sends a request without the page's cookie. The path is sent unchanged. */
  const ask = async (path: string, { method = "GET", headers = {}, body }: Request = {}): Promise<Answer> => {
    const request = httpRequest({ host: "127.0.0.1", port, path, method, headers });
    request.end(body);
    const [response] = await once(request, "response");
    let text = "";
    for await (const part of response) text += part;
    return { status: response.statusCode, headers: response.headers, body: text };
  };
  return {
    port,
    traces,
    ask,
    /** Sends a request with the page's cookie. */
    askWithCookie: (path: string, { headers, ...rest }: Request = {}) =>
      ask(path, { ...rest, headers: { cookie: `aipython_${port}=${token}`, ...headers } }),
    pageFolder,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
