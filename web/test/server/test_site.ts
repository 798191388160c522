/**
 * A notebook site for tests with its data in a temporary folder.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { type NotebookSite, type NotebookSiteOptions, startNotebookSite } from "../../server/start_notebook_site.ts";

/** A running site, and its data that tests need. */
export interface TestSite extends AsyncDisposable, Pick<NotebookSite, "url" | "address" | "syncUrl" | "isOffline"> {
  /** The data folder. Another site may be started on it after this one has stopped. */
  dataDir: string;
  /** The cookie that a browser receives for the address with the token. */
  cookie: string;
  /** Returns the address of a path with the token. */
  addressOf(path: string): string;
  /** Sends a request as the page does, with its cookie. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestSiteOptions extends Pick<NotebookSiteOptions, "envFile" | "flagValues"> {
  /** The data folder. Default: a new one, which is removed with the site. */
  dataDir?: string;
  /** Default: a free port. */
  port?: number;
  /** The environment with the model's settings. Default: empty, which means the offline model. */
  environment?: Record<string, string>;
  /** The time for which an agent runs after its last page has left, in milliseconds. */
  lingerMs?: number;
  /** Whether everybody may open the page. */
  isOpen?: boolean;
}

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

/** Opens an address like a browser without a cookie, and returns the cookie. */
export async function readCookie(address: string): Promise<string> {
  const response = await fetch(address, { redirect: "manual" });
  await response.body?.cancel();
  return response.headers.get("set-cookie")!.split(";")[0];
}
