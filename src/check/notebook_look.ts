/**
 * Reads a notebook without writing to it.
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

export interface NotebookLookOptions extends NotebookAddress {
  /** The longest wait for the server's first data, in seconds. */
  timeoutS: number;
}

export interface NotebookLook {
  title?: string;
  /** The number of cells. */
  cells: number;
  /** The number of events in its log. */
  events: number;
  /** The runtime sessions that have not ended, the oldest first. */
  sessions: SeenSession[];
  /** The time of this state. */
  seenAt: Date;
}

/** A runtime session that has not ended. A crashed runtime leaves such a session behind. */
export interface SeenSession {
  runtimeId: string;
  runtimeType: string;
  /** The time of its start, by the server's clock; absent if the server does not send it. */
  startedAt?: Date;
  /** The time of its last renewal, by its own clock. */
  renewedAt?: Date;
}

/**
 * Pulls the notebook, reads its state, and disconnects. Commits no events, so no runtime is displaced, and other clients do not notice.
 *
 * @throws {TokenRefusedError} when the server refuses the token
 * @throws {SyncUnreachableError} when the connection is lost, or no data arrives in time
 * @throws {StoreFailedError} when LiveStore cannot read the notebook
 */
export async function lookAtNotebook(
  { notebookId, authToken, syncUrl, timeoutS }: NotebookLookOptions,
  { logger, clock, quote, signal }: CheckContext,
): Promise<NotebookLook> {
  const payload = { authToken };
  const failed = new AbortController();
  const { host } = new URL(syncUrl);
  const lose = (reason: string) =>
    failed.abort(new SyncUnreachableError(host, `${host} does not send the notebook: ${reason}`));
  const cancelTimeout = clock.setTimer(() => lose(`nothing arrived within ${timeoutS} s`), timeoutS * 1000);
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

/** Notes the time when a session was started. It is in the server's record of the event, not in the tables. */
function noteStart({ name, args, createdAt }: StoredEvent, startedAt: Map<unknown, Date>): void {
  if (name !== events.runtimeSessionStarted.name || createdAt === undefined) return;
  if (typeof args !== "object" || args === null || Array.isArray(args)) return;
  startedAt.set(args.sessionId, new Date(createdAt));
}
