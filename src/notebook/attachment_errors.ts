/**
 * What ends an attachment to a notebook, in words that say how to mend it.
 *
 * @module
 */

import { DisplacedError, LogReplacedError, SyncUnreachableError, UndeliveredError } from "../errors.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { Successor } from "./runtime_session.ts";
import type { LogReplacement } from "./sync/replaced_log.ts";
import { withoutCredentials } from "./sync/sync_url.ts";

/** The most characters that are shown of a name that another client has chosen. */
const LONGEST_NAME = 80;

/**
 * There was no connection to the sync server at the start.
 *
 * @param seconds how long it was tried
 * @param reason why the last attempt failed, if one has
 */
export function notReached(syncUrl: string, seconds: number, reason?: string): SyncUnreachableError {
  const address = withoutCredentials(syncUrl);
  return new SyncUnreachableError(
    address,
    `no connection to the sync server at ${address} within ${seconds} s` +
      `${reason === undefined ? "" : ` (${reason})`}: is it running, and is --sync-url (LIVESTORE_SYNC_URL) ` +
      "right? --connect-timeout (AIPYTHON_CONNECT_TIMEOUT) waits longer",
  );
}

/**
 * Somebody else has ended our session.
 *
 * @param successor the runtime that has taken the notebook over, if one has
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
 * The last events did not reach the server.
 *
 * @param seconds how long it was tried
 * @param events the names of those that did not, as far as is known
 */
export function undelivered(seconds: number, events: readonly string[], cause: unknown): UndeliveredError {
  return new UndeliveredError(
    `the sync server did not take our last events within ${seconds} s${
      events.length > 0 ? `: ${counted(events)}` : ""
    }; ` +
      "the notebook may show this runtime as connected for a while, and lack the end of a running cell",
    { cause },
  );
}

/**
 * The server has come back with another log.
 *
 * @param lostEvents the names of our events that it had not taken
 */
export function logReplaced(
  notebookId: string,
  { ours, endsAt, differsAt }: LogReplacement,
  lostEvents: readonly string[],
): LogReplacedError {
  const fact = endsAt === undefined
    ? `event ${differsAt} is another one there`
    : `it ends with event ${endsAt}, and ${ours} have been read`;
  return new LogReplacedError(
    notebookId,
    `the sync server has another log of notebook ${notebookId} than before (${fact}), as after its database was lost or restored; ` +
      "start this runtime again to serve the notebook as the server has it now" +
      (lostEvents.length > 0 ? `; lost are our last events: ${counted(lostEvents)}` : ""),
    lostEvents,
  );
}

/** What another client has written, fit to be shown. */
function shown(text: string): string {
  const line = withoutControls(text).replaceAll(/\s+/g, " ");
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME)}...`;
}

/** Names with how often each one occurs: `2 x v1.TerminalOutputAdded, v1.ExecutionCancelled`. */
function counted(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => length === 1 ? name : `${length} x ${name}`).join(", ");
}
