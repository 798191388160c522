/**
 * The log of a notebook that a page shows, read by another client.
 *
 * @module
 */

import { join } from "node:path";
import type { Page } from "playwright-core";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { NotebookClient } from "../../../test/support/notebook_client.ts";
import type { TestSite } from "../server/test_site.ts";

/** Another client of a notebook, with the whole log. */
export interface LoggedClient extends AsyncDisposable {
  client: NotebookClient;
  /** The events so far. Later ones are appended. */
  log: readonly StoredEvent[];
}

/** Opens the notebook that a page shows. */
export async function openLog(site: TestSite, page: Page): Promise<LoggedClient> {
  const log: StoredEvent[] = [];
  const store = await NotebookStore.open({
    notebookId: new URL(page.url()).pathname.split("/").at(-1)!,
    clientId: `log-${crypto.randomUUID()}`,
    syncUrl: site.syncUrl,
    payload: { authToken: await Deno.readTextFile(join(site.dataDir, "sync_token")) },
    onEvents: (events) => log.push(...events),
    logger: silentLogger,
  }, AbortSignal.timeout(60_000));
  const client = new NotebookClient(store);
  return { client, log, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}
