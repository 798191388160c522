/**
 * The page's own server, on 127.0.0.1.
 *
 * @module
 */

import { Admission } from "./admission.ts";
import { problem } from "./page_api.ts";
import { makePageApp, type PageAppOptions } from "./page_app.ts";
import { listFiles } from "./page_files.ts";

/** What the server needs; its `token` is the secret of the page's cookie too. */
export interface PageServerOptions extends Omit<PageAppOptions, "admission" | "files"> {
  /** The port; 0 for a free one. */
  port: number;
}

/** A running server. */
export interface PageServer extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
}

/** How long requests may take to end when the server is stopped, in milliseconds. */
const CLOSE_DEADLINE_MS = 1_000;

/**
 * Starts the server.
 *
 * @throws {Deno.errors.AddrInUse} when the port is taken
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const files = await listFiles(options.pageFolder);
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port,
    onListen: () => {},
    onError: (error) => problem(500, String(error)),
  }, (request) => app.fetch(request));
  const { port } = server.addr;
  const app = makePageApp({ ...options, files, admission: new Admission({ port, token: options.token }) });
  return {
    port,
    async [Symbol.asyncDispose]() {
      const closed = server.shutdown();
      const deadline = Promise.withResolvers<void>();
      const timer = setTimeout(deadline.resolve, CLOSE_DEADLINE_MS);
      await Promise.race([closed, deadline.promise]);
      clearTimeout(timer);
    },
  };
}
