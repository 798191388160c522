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

/** What a site depends on. */
export interface NotebookSiteOptions extends OuterSources {
  /** The page's port; 0 for a free one. */
  port: number;
  /** Whether a free port will do when that one is taken. */
  mayMove: boolean;
  /** The folder that keeps notebooks, their list and the secrets; one site at a time has it. */
  dataDir: string;
  /** Whether everybody on this machine may open the page. Default: only who has the address with the token. */
  isOpen?: boolean;
  /** Whether the offline model answers whatever the settings say. Default: only where they name no model server. */
  isOffline?: boolean;
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
  /** What is missing or wrong in the settings of the model, a sentence each; notebooks can be opened, and the panel says so too. */
  readonly issues: readonly string[];
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
  const { dataDir, signal, logger, isOpen = false, isOffline = false, lingerMs = LINGER_MS } = options;
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
  const settings = new ModelSettings(options, await SettingsFile.open(dataDir));
  const model = started.use(new SiteModel({ settings, isOfflineForced: isOffline, traits: options.offline }));
  // All are waited for, even when one has failed, so that nothing is left to start unseen.
  const parts = await Promise.allSettled([
    startSyncServer({ dataDir: join(dataDir, "sync"), users, signal }).then((server) => started.use(server)),
    buildPage(options.onBuild),
    // It takes a while to start, and the first notebook should not wait for it.
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
  lock.tellAddress(address);
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
