/**
 * The page's own server, on 127.0.0.1, with bounds on what one client may cost.
 *
 * It is a server of `node:http`, because that one limits the time of a request and the number of connections; `Deno.serve` does not.
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

/** What the server needs. */
export interface PageServerOptions extends Omit<PageAppOptions, "admission" | "files">, Omit<AdmissionOptions, "port"> {
  /** The port; 0 for a free one. */
  port: number;
  /** What a client may cost. Default: {@linkcode serverLimits}. */
  limits?: ServerLimits;
}

/** A running server. */
export interface PageServer extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
}

/** What a client may cost; times in milliseconds. */
export interface ServerLimits {
  /** How long the head of a request may take, from the start of the connection or from the end of the answer before. */
  headMs: number;
  /** How long a whole request may take. */
  requestMs: number;
  /** How long a client may leave an answer unread, and an answer may be in the making. */
  idleMs: number;
  /** How often the first two are looked at. */
  checkMs: number;
  /** How many connections there may be; further ones are closed at once. */
  connections: number;
}

/**
 * The limits: a browser on this machine sends its requests, of 64 KiB at most, within milliseconds. Starting an agent anew may take
 * the better part of a minute. A browser opens six connections, and a socket for each tab: 256 are for many tabs in several browsers.
 */
export const serverLimits: ServerLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  idleMs: 120_000,
  checkMs: 2_000,
  connections: 256,
};

/** How long connections may take to end when the server is stopped, in milliseconds. */
const CLOSE_DEADLINE_MS = 1_000;

/**
 * Starts the server.
 *
 * @throws Error When the port is taken; its code is `EADDRINUSE`
 */
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
