/**
 * What the starter and its child process say to each other: a line of JSON a message, and to each an answer.
 *
 * @module
 */

import type { SyncUser } from "./worker/users.ts";

/** The first line of the child's stdin. Each further line is a {@linkcode ChildRequest}; the end of stdin asks the child to stop. */
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

/** What is asked of the child while it runs. */
export interface ChildRequest {
  /** Who is let in from now on: token -> user. */
  admit: Record<string, SyncUser>;
}

/** A line on the child's stdout: one when the server is up or does not come up, and one for each request. */
export type ChildReport = { ready: { port: number } } | { admitted: true } | { failed: string };

/** The file in the work folder that holds workerd's pid while it runs. */
export const pidFile = "workerd.pid";
