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

/** Settings of {@linkcode startSyncServer}. */
export interface SyncServerOptions {
  /** The port on 127.0.0.1; 0 or absent = a free one. */
  port?: number;
  /** The folder that keeps the state between starts; absent = a temporary one, removed when the server stops. */
  dataDir?: string;
  /** Token -> user; absent = one user, whose token is `local-token`. */
  users?: Record<string, SyncUser>;
  /** The path of the worker's bundle, for example one that is about to be deployed; absent = built from its source. */
  bundle?: string;
  /** Stops the server when it aborts, during the start too. */
  signal?: AbortSignal;
}

/** A running server. */
export interface SyncServer extends AsyncDisposable {
  /** The port on 127.0.0.1. */
  readonly port: number;
  /** The base of the sync socket, as `LIVESTORE_SYNC_URL` takes it. */
  readonly syncUrl: string;
  /** The base of the HTTP API. */
  readonly apiUrl: string;
  /** The token of the first user. */
  readonly authToken: string;
  /** The pid of the process that holds the server. */
  readonly childPid: number;
  /** The pid of workerd. */
  readonly workerdPid: number;
  /** Lets these users in by their tokens from now on, and nobody else. Open sockets stay open, as in the cloud. */
  admit(users: Record<string, SyncUser>): Promise<void>;
  /** Stops in good order: what was acknowledged is stored, both processes and the temporary folder are gone. */
  stop(): Promise<void>;
  /** Stops as a crash would: SIGKILL to both processes; resolves when the port is closed. Start again on the same port and `dataDir`. */
  kill(): Promise<void>;
}

const localUsers: Record<string, SyncUser> = {
  "local-token": { id: "local-user", email: "local@localhost", name: "Local User" },
};

/**
 * Starts a server, and resolves when it answers.
 *
 * @throws Error When the server does not come up, for example because the port is taken; the reason of `signal` when that aborts first.
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
