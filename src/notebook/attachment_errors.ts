/**
 * The errors that end an attachment to a notebook. Each message says how to fix the problem.
 *
 * @module
 */

import { DisplacedError, LogReplacedError, SyncUnreachableError, UndeliveredError } from "../errors.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { Successor } from "./runtime_session.ts";
import type { LogReplacement } from "./sync/replaced_log.ts";
import { withoutCredentials } from "./sync/sync_url.ts";

/** The number of characters that are shown of a name that another client has chosen. */
const MAX_NAME_LENGTH = 80;

/**
 * Makes the error for a start without a connection to the sync server.
 *
 * @param seconds how long the connection was attempted
 * @param reason the reason of the last failed attempt, if there was one
 */
export function notReached(syncUrl: string, seconds: number, reason?: string): SyncUnreachableError {
  const address = withoutCredentials(syncUrl);
  return new SyncUnreachableError(
    address,
    `no connection to the sync server at ${address} within ${seconds} s` +
      `${reason === undefined ? "" : ` (${reason})`}: is it running, and is --sync-url (LIVESTORE_SYNC_URL) ` +
      "right? Use --connect-timeout (AIPYTHON_CONNECT_TIMEOUT) to wait longer",
  );
}

/**
 * Makes the error for a session that another client has ended.
 *
 * @param successor the runtime that has taken over the notebook, if there is one
 * @param takeBack whether the next start takes the notebook back
 */
export function sessionEnded(
  notebookId: string,
  { successor, takeBack }: { successor?: Successor; takeBack: boolean },
): DisplacedError {
  if (successor === undefined) {
    return new DisplacedError(
      notebookId,
      `the runtime session of notebook ${notebookId} was ended in the notebook, for instance with "Clear All Runtimes", and ` +
        "no other runtime has taken over; start this one again to serve the notebook",
    );
  }
  const { runtimeId, runtimeType } = successor;
  return new DisplacedError(
    notebookId,
    `another runtime has taken notebook ${notebookId} over: ${shown(runtimeId)} (${shown(runtimeType)}); ` +
      `start this one again${takeBack ? "" : " with --take-back (AIPYTHON_TAKE_BACK=true)"} to take it back`,
    runtimeId,
  );
}

/**
 * Makes the error for last events that the server did not confirm.
 *
 * @param seconds how long delivery was attempted
 * @param events the names of the undelivered events, as far as they are known
 */
export function undelivered(seconds: number, events: readonly string[], cause: unknown): UndeliveredError {
  return new UndeliveredError(
    `the sync server did not accept our last events within ${seconds} s${
      events.length > 0 ? `: ${counted(events)}` : ""
    }; ` +
      "the notebook may show this runtime as connected for a while, and lack the end of a running cell",
    { cause },
  );
}

/**
 * Makes the error for a server that has come back with a different log.
 *
 * @param lostEvents the names of our events that the server had not stored
 */
export function logReplaced(
  notebookId: string,
  { ours, endsAt, differsAt }: LogReplacement,
  lostEvents: readonly string[],
): LogReplacedError {
  const fact = endsAt === undefined
    ? `event ${differsAt} differs there`
    : `it ends with event ${endsAt}, and ${ours} have been read`;
  return new LogReplacedError(
    notebookId,
    `the sync server has a different log of notebook ${notebookId} than before (${fact}), probably because ` +
      "its database was lost or restored; start this runtime again to serve the notebook as it is on the server now" +
      (lostEvents.length > 0 ? `; our last events are lost: ${counted(lostEvents)}` : ""),
    lostEvents,
  );
}

/** Makes text of another client safe to print: one line, without control characters, cut to {@linkcode MAX_NAME_LENGTH} characters. */
function shown(text: string): string {
  const line = withoutControls(text).replaceAll(/\s+/g, " ");
  return line.length <= MAX_NAME_LENGTH ? line : `${line.slice(0, MAX_NAME_LENGTH)}...`;
}

/** Lists names with their counts: `2 x v1.TerminalOutputAdded, v1.ExecutionCancelled`. */
function counted(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => length === 1 ? name : `${length} x ${name}`).join(", ");
}
