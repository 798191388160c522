/**
 * What the starter and its child process say to each other: JSON, one line each way.
 *
 * @module
 */

import type { SyncUser } from "./worker/users.ts";

/** The first line of the child's stdin. The end of stdin asks the child to stop. */
export interface ChildSettings {
  /** The port to listen on, on 127.0.0.1; 0 = a free one. */
  port: number;
  /** The folder of the server's state. */
  dataFolder: string;
  /** A folder for this run only; the child removes it when it leaves. */
  workFolder: string;
  /** Token -> user. */
  users: Record<string, SyncUser>;
  /** The worker's bundle; absent = built from its source. */
  bundle?: string;
}

/** The only line on the child's stdout. */
export type ChildReport = { ready: { port: number } } | { failed: string };

/** The file in the work folder that holds workerd's pid while it runs. */
export const pidFile = "workerd.pid";
