/**
 * Everything that a notebook in a browser needs, on this machine: sync server, model, agents, and the page with its server.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { AIPythonAgent } from "../../src/agent.ts";
import { errorCode } from "../../src/cli/files/error_code.ts";
import type { Logger } from "../../src/logger.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { type Environment, type OfflineTraits, startModel } from "../../stack/demo/start_model.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { openDataFolder } from "./data_folder.ts";
import { FolderLock } from "./folder_lock.ts";
import { NotebookShelf } from "./notebook_shelf.ts";
import { buildPage } from "./page_build.ts";
import { startPageServer } from "./page_server.ts";
import { readSecret } from "./read_secret.ts";
import { Runtimes } from "./runtimes.ts";
import type { StorageError } from "./storage_error.ts";
import { TraceShelf } from "./trace_shelf.ts";
import { UsageLedger } from "./usage_ledger.ts";

/** What a site depends on. */
export interface NotebookSiteOptions {
  /** The page's port; 0 for a free one. */
  port: number;
  /** Whether a free port will do when that one is taken. */
  mayMove: boolean;
  /** The folder that keeps notebooks, their list and the secrets; one site at a time has it. */
  dataDir: string;
  /** Whether everybody on this machine may open the page. Default: only who has the address with the token. */
  isOpen?: boolean;
  /** Where the model is chosen from. */
  environment: Environment;
  /** What the offline model is like. Default: as it is for the demo. */
  offline?: OfflineTraits;
  /** How long an agent stays after the last page of its notebook has left, in milliseconds. */
  lingerMs?: number;
  /** Told when the page must be built first. */
  onBuild?(): void;
  /** Told what could not be kept. */
  onStorageError?(error: StorageError): void;
  /** Where the agents' log lines go. */
  logger: Logger;
  /** Breaks the start off. */
  signal: AbortSignal;
}

/** A running site. */
export interface NotebookSite extends AsyncDisposable {
  /** Where the page is. */
  readonly url: string;
  /** The address that opens it, with the token, unless everybody may. */
  readonly address: string;
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

/**
 * Starts the site, and resolves when the page can be opened.
 *
 * @throws {AlreadyServedError} when another site has the folder
 */
export async function startNotebookSite(options: NotebookSiteOptions): Promise<NotebookSite> {
  const { dataDir, environment, signal, logger, isOpen = false, lingerMs = LINGER_MS } = options;
  await using started = new AsyncDisposableStack();
  await openDataFolder(dataDir);
  const lock = started.use(await FolderLock.take(dataDir, signal));
  const shelf = await NotebookShelf.open({ dataDir, newId: newNotebookId, clock: systemClock });
  const onStorageError = (error: StorageError) => options.onStorageError?.(error);
  const traces = await TraceShelf.open({ dataDir, has: (id) => shelf.has(id), onStorageError });
  // The page's is in an address that people copy and browsers remember. It lets nobody in to the sync server.
  const pageToken = await readSecret(join(dataDir, "token"));
  const syncToken = await readSecret(join(dataDir, "sync_token"));
  const users = { [syncToken]: { id: USER_ID, email: "local@localhost", name: "Local User" } };
  // All are waited for, even when one has failed, so that nothing is left to start unseen.
  const parts = await Promise.allSettled([
    startSyncServer({ dataDir: join(dataDir, "sync"), users, signal }).then((server) => started.use(server)),
    startModel(environment, signal, options.offline).then((model) => started.use(model)),
    buildPage(options.onBuild),
  ]);
  const [server, model, pageFolder] = [valueOf(parts[0]), valueOf(parts[1]), valueOf(parts[2])];

  const place = { syncUrl: server.syncUrl, authToken: syncToken };
  const { settings } = resolveSettings({ ...place, ...model.settings, notebookId: "none" }, { environment });
  const { price, maxCostPerSession } = settings;
  const ledger = new UsageLedger({ dataDir, has: (id) => shelf.has(id), onStorageError });
  const makeAgent = (notebookId: string) =>
    new AIPythonAgent({
      ...place,
      ...model.settings,
      price,
      maxCostPerSession,
      notebookId,
      logger,
      onUsage: (usage) => ledger.add(notebookId, usage),
      onTrace: (trace) => traces.add(trace),
    });
  const runtimes = started.use(new Runtimes({ makeAgent, onEnded: (id) => model.endNotebook(id), lingerMs }));
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
      pageToken,
      isOpen,
      syncToken,
      site,
      shelf,
      runtimes,
      traces,
      ledger,
      syncUrl: server.syncUrl,
      syncApiUrl: server.apiUrl,
      onStorageError,
    });
  const page = started.use(
    await listen(options.port).catch((error) => {
      if (errorCode(error) !== "EADDRINUSE") throw error;
      if (options.mayMove) return listen(0);
      throw new Error(`port ${options.port} is taken: choose another with --port, or leave it out`, { cause: error });
    }),
  );
  const url = `http://localhost:${page.port}`;
  const address = isOpen ? `${url}/` : `${url}/?token=${pageToken}`;
  lock.tellAddress(address);
  started.defer(() => lock.forgetAddress());
  const running = started.move();
  return {
    url,
    address,
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
