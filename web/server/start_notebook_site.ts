/**
 * Starts everything that notebooks in a browser need on this machine: sync server, model, agents, page and page server.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { AIPythonAgent } from "../../src/agent.ts";
import { errorCode } from "../../src/cli/files/error_code.ts";
import type { Logger } from "../../src/logger.ts";
import type { OfflineTraits } from "../../stack/demo/start_model.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { openDataFolder } from "./data_folder.ts";
import { FolderLock } from "./folder_lock.ts";
import { NotebookShelf } from "./notebook_shelf.ts";
import { buildPage } from "./page_build.ts";
import { startPageServer } from "./page_server.ts";
import { readSecret } from "./read_secret.ts";
import { Runtimes } from "./runtimes.ts";
import { describeIssues, ModelSettings, type OuterSources } from "./settings/model_settings.ts";
import type { SettingsApiOptions } from "./settings/settings_api.ts";
import { SettingsFile } from "./settings/settings_file.ts";
import { SiteModel } from "./site_model.ts";
import type { StorageError } from "./storage_error.ts";
import { TraceShelf } from "./trace_shelf.ts";
import { UsageLedger } from "./usage_ledger.ts";

export interface NotebookSiteOptions extends OuterSources {
  /** The page's port; 0 for a free one. */
  port: number;
  /** Whether to use a free port if `port` is in use. */
  mayMove: boolean;
  /** The folder for notebooks, their list and the secrets. Only one site at a time can use it. */
  dataDir: string;
  /** Whether everybody on this machine may open the page. Default: only people who have the address with the token. */
  isOpen?: boolean;
  /** Whether the offline model answers regardless of the settings. Default: only if they name no model server. */
  isOffline?: boolean;
  /** The options of the offline model. Default: those of the demo. */
  offline?: OfflineTraits;
  /** The time for which an agent stays after its notebook's last page has left, in milliseconds. */
  lingerMs?: number;
  onBuild?(): void;
  /** Called with an error for data that could not be written. */
  onStorageError?(error: StorageError): void;
  /** For the agents' log lines. */
  logger: Logger;
  signal: AbortSignal;
}

export interface NotebookSite extends AsyncDisposable {
  /** The page's address without the token. */
  readonly url: string;
  /** The address that opens the page. It contains the token, unless everybody may open it. */
  readonly address: string;
  /** The WebSocket base of the sync server, for other clients of the notebooks. */
  readonly syncUrl: string;
  readonly model: string;
  readonly isOffline: boolean;
  /**
   * The problems of the model settings, as sentences. Notebooks can be opened anyway, and the panel shows
   * the same.
   */
  readonly issues: readonly string[];
}

/** Long enough to return to a tab that was reloaded or closed by mistake. */
const LINGER_MS = 60_000;

const USER_ID = "local-user";

/**
 * Starts the site. Resolves when the page can be opened.
 *
 * @throws {AlreadyServedError} if another site uses the folder
 */
export async function startNotebookSite(options: NotebookSiteOptions): Promise<NotebookSite> {
  const { dataDir, signal, logger, isOpen = false, isOffline = false, lingerMs = LINGER_MS } = options;
  await using started = new AsyncDisposableStack();
  await openDataFolder(dataDir);
  const lock = started.use(await FolderLock.take(dataDir, signal));
  const shelf = await NotebookShelf.open({ dataDir, newId: newNotebookId, clock: systemClock });
  const onStorageError = (error: StorageError) => options.onStorageError?.(error);
  const traces = await TraceShelf.open({ dataDir, has: (id) => shelf.has(id), onStorageError });
  // The page's token is in an address that people copy and browsers remember. It gives no access to the sync server.
  const pageToken = await readSecret(join(dataDir, "token"));
  const syncToken = await readSecret(join(dataDir, "sync_token"));
  const users = { [syncToken]: { id: USER_ID, email: "local@localhost", name: "Local User" } };
  const settings = new ModelSettings(options, await SettingsFile.open(dataDir));
  const model = started.use(new SiteModel({ settings, isOfflineForced: isOffline, traits: options.offline }));
  // Waits for all parts even if one has failed, so that no part goes on starting unnoticed.
  const parts = await Promise.allSettled([
    startSyncServer({ dataDir: join(dataDir, "sync"), users, signal }).then((server) => started.use(server)),
    buildPage(options.onBuild),
    // The offline model takes a while to start, and the first notebook should not have to wait.
    model.isOffline ? model.agentOptions(signal) : undefined,
  ]);
  const [server, pageFolder] = [valueOf(parts[0]), valueOf(parts[1])];
  valueOf(parts[2]);

  const ledger = new UsageLedger({ dataDir, has: (id) => shelf.has(id), onStorageError });
  const makeAgent = async (notebookId: string) =>
    new AIPythonAgent({
      ...await model.agentOptions(),
      syncUrl: server.syncUrl,
      authToken: syncToken,
      notebookId,
      logger,
      onUsage: (usage) => ledger.add(notebookId, usage),
      onTrace: (trace) => traces.add(trace),
    });
  const runtimes = started.use(new Runtimes({ makeAgent, onEnded: (id) => model.endNotebook(id), lingerMs }));
  const site = () => ({ ...model.names, isOffline: model.isOffline, userId: USER_ID });
  const panel: SettingsApiOptions = {
    settings,
    offline: () => ({ isOffline: model.isOffline, isOfflineForced: model.isOfflineForced }),
    onChange: () => void runtimes.renew(),
  };
  const listen = (port: number) =>
    startPageServer({
      port,
      pageFolder,
      pageToken,
      isOpen,
      syncToken,
      site,
      settings: panel,
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
  lock.writeAddress(address);
  started.defer(() => lock.forgetAddress());
  const running = started.move();
  return {
    url,
    address,
    syncUrl: server.syncUrl,
    model: model.names.model,
    isOffline: model.isOffline,
    issues: model.isOffline ? [] : describeIssues(settings.resolve()),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function valueOf<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}
