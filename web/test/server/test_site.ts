/**
 * A notebook site in tests, with its data in a folder of its own.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { type NotebookSite, startNotebookSite } from "../../server/start_notebook_site.ts";

/** A site, and what a page of it would know. */
export interface TestSite extends AsyncDisposable, Pick<NotebookSite, "url" | "syncUrl" | "isOffline"> {
  /** The folder of its data; a second site may be started on it when this one has stopped. */
  dataDir: string;
  /** Asks as the page does: with its cookie. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** How a test's site is started. */
export interface TestSiteOptions {
  /** The folder; absent = a new one, which goes with the site. */
  dataDir?: string;
  /** The port; absent = a free one. */
  port?: number;
  /** Where the model is chosen from; absent = the offline model. */
  environment?: Record<string, string>;
  /** How long an agent stays after its last page, in milliseconds. */
  lingerMs?: number;
}

/** Starts a site on a free port. */
export async function startTestSite(options: TestSiteOptions = {}): Promise<TestSite> {
  const { dataDir, port = 0, environment = {}, lingerMs } = options;
  const folder = dataDir ?? await Deno.makeTempDir({ prefix: "notebook-site-" });
  const site = await startNotebookSite({
    port,
    mayMove: false,
    dataDir: folder,
    environment,
    lingerMs,
    logger: silentLogger,
    signal: new AbortController().signal,
  });
  const cookie = await readCookie(site.url);
  return {
    url: site.url,
    syncUrl: site.syncUrl,
    isOffline: site.isOffline,
    dataDir: folder,
    ask: (path, init = {}) => fetch(site.url + path, { ...init, headers: { cookie, ...init.headers } }),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      if (dataDir === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
}

async function readCookie(url: string): Promise<string> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.headers.get("set-cookie")!.split(";")[0];
}
