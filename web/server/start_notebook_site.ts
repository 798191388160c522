/**
 * Everything that a notebook in a browser needs, on this machine: sync server, model, agents, and the page with its server.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { AIPythonAgent } from "../../src/agent.ts";
import type { Logger } from "../../src/logger.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { type Environment, startModel } from "../../stack/demo/start_model.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { NotebookShelf } from "./notebook_shelf.ts";
import { buildPage } from "./page_build.ts";
import { startPageServer } from "./page_server.ts";
import { Runtimes } from "./runtimes.ts";

/** What a site depends on. */
export interface NotebookSiteOptions {
  /** The page's port; 0 for a free one. */
  port: number;
  /** Whether a free port will do when that one is taken. */
  mayMove: boolean;
  /** The folder that keeps notebooks, their list and the page's secret. */
  dataDir: string;
  /** Where the model is chosen from. */
  environment: Environment;
  /** How long an agent stays after the last page of its notebook has left, in milliseconds. */
  lingerMs?: number;
  /** Told when the page must be built first. */
  onBuild?(): void;
  /** Where the agents' log lines go. */
  logger: Logger;
  /** Breaks the start off. */
  signal: AbortSignal;
}

/** A running site. */
export interface NotebookSite extends AsyncDisposable {
  /** Where the page is. */
  readonly url: string;
  /** The WebSocket base of the sync server, where other clients find the notebooks. */
  readonly syncUrl: string;
  /** The model that plays IPython. */
  readonly model: string;
  /** Whether that is the offline stand-in. */
  readonly isOffline: boolean;
}

/** Long enough to come back to a tab that was reloaded or put aside for a moment. */
const LINGER_MS = 60_000;

const USER_ID = "local-user";

/** Starts the site, and resolves when the page can be opened. */
export async function startNotebookSite(options: NotebookSiteOptions): Promise<NotebookSite> {
  const { dataDir, environment, signal, logger, lingerMs = LINGER_MS } = options;
  await using started = new AsyncDisposableStack();
  const shelf = await NotebookShelf.open({ dataDir, newId: newNotebookId, clock: systemClock });
  const token = await readToken(join(dataDir, "token"));
  const users = { [token]: { id: USER_ID, email: "local@localhost", name: "Local User" } };
  // All are waited for, even when one has failed, so that nothing is left to start unseen.
  const parts = await Promise.allSettled([
    startSyncServer({ dataDir: join(dataDir, "sync"), users, signal }).then((server) => started.use(server)),
    startModel(environment, signal).then((model) => started.use(model)),
    buildPage(options.onBuild),
  ]);
  const [server, model, pageFolder] = [valueOf(parts[0]), valueOf(parts[1]), valueOf(parts[2])];

  const place = { syncUrl: server.syncUrl, authToken: token };
  const makeAgent = (notebookId: string) => new AIPythonAgent({ ...place, ...model.settings, notebookId, logger });
  const { settings } = resolveSettings({ ...place, ...model.settings, notebookId: "none" }, { environment });
  const runtimes = started.use(new Runtimes({ makeAgent, lingerMs }));
  const site = {
    model: settings.model,
    isOffline: model.isOffline,
    modelHost: model.isOffline ? "" : new URL(settings.baseUrl).host,
    userId: USER_ID,
  };
  const listen = (port: number) =>
    startPageServer({
      port,
      pageFolder,
      token,
      site,
      shelf,
      runtimes,
      syncUrl: server.syncUrl,
      syncApiUrl: server.apiUrl,
    });
  const page = started.use(
    await listen(options.port).catch((error) => {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      if (options.mayMove) return listen(0);
      throw new Error(`port ${options.port} is taken: choose another with --port, or leave it out`, { cause: error });
    }),
  );
  const running = started.move();
  return {
    url: `http://localhost:${page.port}`,
    syncUrl: server.syncUrl,
    model: site.model,
    isOffline: site.isOffline,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function valueOf<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** The secret, the same at every start, so that pages that are still open stay in. */
async function readToken(path: string): Promise<string> {
  const fresh = crypto.randomUUID();
  try {
    await Deno.writeTextFile(path, fresh, { createNew: true, mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return await Deno.readTextFile(path);
  }
}
