/**
 * Looks into a notebook as a client that only reads.
 *
 * @module
 */

import type { NotebookAddress } from "../notebook/notebook_address.ts";
import { StoreFailedError, SyncUnreachableError } from "../errors.ts";
import { askRefusal } from "../notebook/ask_refusal.ts";
import { NotebookStore } from "../notebook/notebook_store.ts";
import { events, tables } from "../notebook/schema/mod.ts";
import type { StoredEvent } from "../notebook/sync/frames.ts";
import type { CheckContext } from "./check_context.ts";

/** Where the notebook is, and how long it may take. */
export interface NotebookLookOptions extends NotebookAddress {
  /** How long the server may take to say something, in seconds. */
  timeoutS: number;
}

/** What is in a notebook. */
export interface NotebookLook {
  /** Its title, if it has one. */
  title?: string;
  /** How many cells it has. */
  cells: number;
  /** How many events its log has. */
  events: number;
  /** The runtime sessions that have not been ended, the oldest first. */
  sessions: SeenSession[];
  /** When it was looked at. */
  seenAt: Date;
}

/** A runtime session that has not been ended; a crashed runtime leaves one behind. */
export interface SeenSession {
  runtimeId: string;
  runtimeType: string;
  /** When it was started, by the server's clock; absent if the server does not say. */
  startedAt?: Date;
  /** When it last gave a sign of life, by its own clock. */
  renewedAt?: Date;
}

/**
 * Pulls the notebook, looks, and leaves. Nothing is committed: no runtime is displaced, and no one sees us.
 *
 * @throws {TokenRefusedError} the server does not let us in
 * @throws {SyncUnreachableError} the connection was lost, or nothing was heard in time
 * @throws {StoreFailedError} the notebook cannot be held
 */
export async function lookAtNotebook(
  { notebookId, authToken, syncUrl, timeoutS }: NotebookLookOptions,
  { logger, clock, quote, signal }: CheckContext,
): Promise<NotebookLook> {
  const payload = { authToken };
  const failed = new AbortController();
  const { host } = new URL(syncUrl);
  const lose = (reason: string) =>
    failed.abort(new SyncUnreachableError(host, `${host} does not hand the notebook out: ${reason}`));
  const cancelTimeout = clock.setTimer(() => lose(`nothing came within ${timeoutS} s`), timeoutS * 1000);
  const startedAt = new Map<unknown, Date>();
  let count = 0;
  try {
    const notebook = await NotebookStore.open({
      notebookId,
      clientId: `aipython-check-${crypto.randomUUID()}`,
      syncUrl,
      payload,
      onHeard: cancelTimeout,
      onEvents: (log) => {
        count += log.length;
        for (const event of log) noteStart(event, startedAt);
      },
      onLost: (reason) => lose(quote(reason)),
      askRefusal: (signal) => askRefusal({ syncUrl, notebookId, payload }, signal),
      onRefused: (refusal) => failed.abort(refusal),
      onFailed: (fault) =>
        failed.abort(new StoreFailedError(`LiveStore cannot read it: ${quote(fault.split("\n")[0])}`)),
      logger,
      clock,
    }, AbortSignal.any([signal, failed.signal]));
    try {
      const [title] = notebook.query(tables.notebookMetadata.select("value").where({ key: "title" }));
      const sessions = notebook.query(tables.runtimeSessions.where({ isActive: true }));
      return {
        title,
        cells: notebook.query(tables.cells.count()),
        events: count,
        sessions: sessions.map(({ sessionId, runtimeId, runtimeType, lastRenewedAt }) => ({
          runtimeId,
          runtimeType,
          startedAt: startedAt.get(sessionId),
          renewedAt: lastRenewedAt ?? undefined,
        })),
        seenAt: clock.date(),
      };
    } finally {
      await notebook.close();
    }
  } finally {
    cancelTimeout();
  }
}

/** The tables do not tell when a session was started; the server's note on its event does. */
function noteStart({ name, args, createdAt }: StoredEvent, startedAt: Map<unknown, Date>): void {
  if (name !== events.runtimeSessionStarted.name || createdAt === undefined) return;
  if (typeof args !== "object" || args === null || Array.isArray(args)) return;
  startedAt.set(args.sessionId, new Date(createdAt));
}
