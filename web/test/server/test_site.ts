/**
 * A notebook site in tests, with its data in a folder of its own.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { type NotebookSite, type NotebookSiteOptions, startNotebookSite } from "../../server/start_notebook_site.ts";

/** A site, and what a page of it would know. */
export interface TestSite extends AsyncDisposable, Pick<NotebookSite, "url" | "address" | "syncUrl" | "isOffline"> {
  /** The folder of its data; a second site may be started on it when this one has stopped. */
  dataDir: string;
  /** The cookie that a browser is given for the address with the token. */
  cookie: string;
  /** A path's address with the token. */
  addressOf(path: string): string;
  /** Asks as the page does: with its cookie. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** How a test's site is started. */
export interface TestSiteOptions extends Pick<NotebookSiteOptions, "envFile" | "flagValues"> {
  /** The folder; absent = a new one, which goes with the site. */
  dataDir?: string;
  /** The port; absent = a free one. */
  port?: number;
  /** Where the model is chosen from; absent = the offline model. */
  environment?: Record<string, string>;
  /** How long an agent stays after its last page, in milliseconds. */
  lingerMs?: number;
  /** Whether everybody may open the page. */
  isOpen?: boolean;
}

/** Starts a site on a free port. */
export async function startTestSite(options: TestSiteOptions = {}): Promise<TestSite> {
  const { dataDir, port = 0, environment = {}, envFile, flagValues, lingerMs, isOpen } = options;
  const folder = dataDir ?? await Deno.makeTempDir({ prefix: "notebook-site-" });
  const site = await startNotebookSite({
    port,
    mayMove: false,
    dataDir: folder,
    environment,
    envFile,
    flagValues,
    lingerMs,
    isOpen,
    logger: silentLogger,
    signal: new AbortController().signal,
  });
  const cookie = await readCookie(site.address);
  return {
    url: site.url,
    address: site.address,
    cookie,
    addressOf: (path) => `${site.url}${path}${new URL(site.address).search}`,
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

/** Opens an address as a browser does that has no cookie yet. */
export async function readCookie(address: string): Promise<string> {
  const response = await fetch(address, { redirect: "manual" });
  await response.body?.cancel();
  return response.headers.get("set-cookie")!.split(";")[0];
}
