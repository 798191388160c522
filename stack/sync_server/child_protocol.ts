/**
 * The protocol between the starter and its child process. Each message is a line of JSON and has an answer.
 *
 * @module
 */

import type { SyncUser } from "./worker/users.ts";

/** The first line of the child's stdin. Each further line is a {@linkcode ChildRequest}; the end of stdin asks the child to stop. */
export interface ChildSettings {
  /** The port to listen on, on 127.0.0.1; 0 = a free one. */
  port: number;
  dataFolder: string;
  /** A folder for this run only. The child removes it when it ends. */
  workFolder: string;
  /** Token -> user. */
  users: Record<string, SyncUser>;
  /** The path of the worker's bundle. Default: it is built from its source. */
  bundle?: string;
}

export interface ChildRequest {
  /** The users to admit from now on: token -> user. */
  admit: Record<string, SyncUser>;
}

/** A line on the child's stdout: one when the server has started or failed to start, and one for each request. */
export type ChildReport = { ready: { port: number } } | { admitted: true } | { failed: string };

/** The file in the work folder that contains workerd's pid while workerd runs. */
export const pidFile = "workerd.pid";
