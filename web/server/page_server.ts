/**
 * The page's server on 127.0.0.1, with limits for each client.
 *
 * It uses `node:http`, which can limit the time of a request and the number of connections. `Deno.serve` cannot.
 *
 * @module
 */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Admission, type AdmissionOptions } from "./admission.ts";
import { makePageApp, type PageAppOptions } from "./page_app.ts";
import { listFiles } from "./page_files.ts";
import { answerUpgrades } from "./socket_upgrade.ts";

export interface PageServerOptions extends Omit<PageAppOptions, "admission" | "files">, Omit<AdmissionOptions, "port"> {
  /** The port; 0 for a free one. */
  port: number;
  /** Default: {@linkcode serverLimits}. */
  limits?: ServerLimits;
}

export interface PageServer extends AsyncDisposable {
  readonly port: number;
}

/** Limits for clients; times in milliseconds. */
export interface ServerLimits {
  /** The longest time for the head of a request, from the start of the connection or the end of the previous response. */
  headMs: number;
  /** The longest time for a whole request. */
  requestMs: number;
  /** The longest time that a client may leave a response unread, or that a response may take. */
  idleMs: number;
  /** The interval at which the first two are checked. */
  checkMs: number;
  /** The most connections. Further ones are closed immediately. */
  connections: number;
}

/**
 * The limits of the product. A browser on this machine sends its requests, of 64 KiB at most, within milliseconds. Restarting an
 * agent may take most of a minute. A browser opens six connections, and a socket for each tab, so 256 allow many tabs in several
 * browsers.
 */
export const serverLimits: ServerLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  idleMs: 120_000,
  checkMs: 2_000,
  connections: 256,
};

/** The longest time for connections to end when the server is stopped, in milliseconds. */
const CLOSE_DEADLINE_MS = 1_000;

/** @throws {Error} if the port is in use; its code is `EADDRINUSE` */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { limits = serverLimits } = options;
  const files = await listFiles(options.pageFolder);
  const server = createServer({
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.headMs,
    connectionsCheckingInterval: limits.checkMs,
  });
  server.timeout = limits.idleMs;
  server.maxConnections = limits.connections;
  server.listen({ host: "127.0.0.1", port: options.port });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const app = makePageApp({ ...options, files, admission: new Admission({ ...options, port }) });
  server.on("request", getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const sockets = answerUpgrades(server, app.fetch);
  return {
    port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      sockets.close();
      const timer = setTimeout(() => {
        server.closeAllConnections();
        sockets.terminate();
      }, CLOSE_DEADLINE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}
