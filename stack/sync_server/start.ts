/**
 * Starts a local notebook server: sync-cf's own worker on workerd, in a child process, bound to 127.0.0.1.
 *
 * ```ts
 * await using server = await startSyncServer();
 * const answer = await fetch(`${server.apiUrl}/api/me`, { headers: { authorization: `Bearer ${server.authToken}` } });
 * ```
 *
 * @module
 */

import { type ChildHandle, spawnChild } from "./child_handle.ts";
import type { SyncUser } from "./worker/users.ts";

export type { SyncUser } from "./worker/users.ts";

export interface SyncServerOptions {
  /** The port on 127.0.0.1. Default: 0, a free one. */
  port?: number;
  /**
   * The folder that keeps the state between starts. Default: a temporary folder, which is removed when the server
   * stops.
   */
  dataDir?: string;
  /** Token -> user. Default: one user, whose token is `local-token`. */
  users?: Record<string, SyncUser>;
  /** The path of the worker's bundle, for example one to be deployed. Default: it is built from its source. */
  bundle?: string;
  /** Aborting it stops the server, also during the start. */
  signal?: AbortSignal;
}

export interface SyncServer extends AsyncDisposable {
  readonly port: number;
  /** The base URL of the sync socket: a value for `LIVESTORE_SYNC_URL`. */
  readonly syncUrl: string;
  /** The base URL of the HTTP API. */
  readonly apiUrl: string;
  /** The token of the first user. */
  readonly authToken: string;
  /** The pid of the child process that runs the server. */
  readonly childPid: number;
  readonly workerdPid: number;
  /** Admits these users by their tokens from now on, and no others. Open sockets stay open, as in the cloud. */
  admit(users: Record<string, SyncUser>): Promise<void>;
  /**
   * Stops in an orderly way. Then all acknowledged events are stored, both processes have ended, and the temporary
   * folder is removed.
   */
  stop(): Promise<void>;
  /**
   * Stops like a crash: sends SIGKILL to both processes. Resolves when the port is closed. The server can then start
   * again on the same port and `dataDir`.
   */
  kill(): Promise<void>;
}

const localUsers: Record<string, SyncUser> = {
  "local-token": { id: "local-user", email: "local@localhost", name: "Local User" },
};

/**
 * Starts a server. Resolves when it answers requests.
 *
 * @throws Error if the server does not start, for example because the port is taken; the reason of `signal` if it
 * aborts first.
 */
export async function startSyncServer(options: SyncServerOptions = {}): Promise<SyncServer> {
  const { port = 0, dataDir, users = localUsers, bundle, signal } = options;
  const [authToken] = Object.keys(users);
  if (authToken === undefined) {
    throw new Error("A sync server needs at least one user: users is empty. Leave it out for the default one.");
  }
  signal?.throwIfAborted();

  const child = await spawnChild({ port, dataDir, users, bundle });
  const stop = () => child.stop();
  signal?.addEventListener("abort", stop, { once: true });
  child.ended.then(() => signal?.removeEventListener("abort", stop));
  if (signal?.aborted) stop();
  const ready = await settled(child, signal);

  return {
    port: ready.port,
    syncUrl: `ws://127.0.0.1:${ready.port}/livestore`,
    apiUrl: `http://127.0.0.1:${ready.port}`,
    authToken,
    childPid: child.pid,
    workerdPid: ready.workerdPid,
    admit: (users) => child.admit(users),
    stop,
    kill: () => child.kill(),
    [Symbol.asyncDispose]: stop,
  };
}

async function settled(
  child: ChildHandle,
  signal: AbortSignal | undefined,
): Promise<{ port: number; workerdPid: number }> {
  try {
    const ready = await child.ready;
    signal?.throwIfAborted();
    return ready;
  } catch (error) {
    await child.stop();
    signal?.throwIfAborted();
    throw error;
  }
}
