/**
 * Connects LiveStore 0.3.1 to one notebook's log, with the wire protocol of sync-cf 0.3.1.
 *
 * Lost connections are handled here. Callers do not notice them: reading waits for events, and a push waits until its events are in the
 * log.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import { Connection } from "./connection.ts";
import type { ServerFrame, StoredEvent, WireEvent } from "./frames.ts";
import { LogFollower } from "./log_follower.ts";
import { Notifier } from "../../async/notifier.ts";
import type { LogReplacement } from "./replaced_log.ts";
import { PullProgress } from "./pull_progress.ts";
import { type PullChunk, PullQueue } from "./pull_queue.ts";
import { Pusher } from "./pusher.ts";
import type { Clock } from "../../async/clock.ts";

export interface SyncBackendOptions {
  /** The address of the sync socket, including the credentials. */
  url: URL;
  /** Asks whether the server refuses the credentials, after a socket could not be opened. Default: it is assumed not to. */
  askRefusal?(signal: AbortSignal): Promise<Error | undefined>;
  /** The name of an event without arguments that replaces events that cannot be read. */
  unreadableEvent: string;
  /** Whether LiveStore can read an event. An unreadable one would shut down its store. */
  isReadable(event: WireEvent): boolean;
  /** Called at every frame from the server: it is reachable and has accepted the credentials. */
  onHeard(): void;
  /** Called whenever all known events of the server's log have been received. */
  onUpToDate?(): void;
  /** Called with the events by which the log has grown. */
  onEvents?(events: readonly StoredEvent[]): void;
  /** Called when the connection is lost or cannot be opened. Another attempt follows. */
  onLost(reason: string): void;
  /** Called when the server has refused the credentials, according to `askRefusal`. */
  onRefused?(refusal: Error): void;
  /** Called when the server's log is no longer the one that was followed. The connection was closed. */
  onReplaced?(replacement: LogReplacement): void;
  logger: Logger;
  clock: Clock;
}

export interface SyncBackend {
  /** Waits for further events of the log. The first chunk of an empty log is empty. */
  next(): Promise<PullChunk>;
  /**
   * Waits until events are in the log.
   *
   * @returns `server_ahead` if an event of another client has one of their positions
   * @throws the signal's reason, if it is aborted
   */
  push(events: readonly WireEvent[], signal: AbortSignal): Promise<"done" | "server_ahead">;
  /** Closes the connection permanently. */
  close(): void;
}

export function startSyncBackend(options: SyncBackendOptions): SyncBackend {
  const { connection, queue, pusher } = startClient(options);
  const progress = new PullProgress(options.logger, options.clock);
  return {
    async next() {
      const chunk = await queue.next();
      progress.handing(chunk);
      return chunk;
    },
    push: (events, signal) => pusher.push(events, signal),
    close: () => connection.close(),
  };
}

/** Creates the parts and connects them to each other. */
function startClient(options: SyncBackendOptions) {
  const { url, logger, clock, askRefusal = () => Promise.resolve(undefined) } = options;
  const changes = new Notifier();
  const queue = new PullQueue(changes, () => follower.upToDate);
  const send = (frame: string) => connection.send(frame);
  const drop = (reason: string) => connection.drop(reason);

  const follower = new LogFollower({
    send,
    drop,
    logger,
    clock,
    onEvents: (events) => {
      options.onEvents?.(events);
      queue.add(events.map((event) => readable(event, options)));
    },
    onChange: () => {
      if (follower.upToDate) {
        connection.confirm();
        options.onUpToDate?.();
      }
      changes.notify();
    },
    onReplaced: (replacement) => {
      connection.close();
      options.onReplaced?.(replacement);
    },
    fillerFor: (seqNum) => fillerEvent(seqNum, options.unreadableEvent),
  });
  const pusher = new Pusher({ follower, changes, send, drop, logger, clock });
  const connection = new Connection({ url, askRefusal, logger, clock }, {
    onOpen: () => follower.opened(),
    onFrame: (frame: ServerFrame) => {
      options.onHeard();
      follower.receive(frame);
      pusher.receive(frame);
    },
    onClose: () => {
      pusher.closed();
      follower.closed();
    },
    onLost: (reason) => options.onLost(reason),
    onRefused: (refusal) => options.onRefused?.(refusal),
  });
  void connection.run();
  return { connection, queue, pusher };
}

/** Returns the event, or a replacement with the same position if it cannot be read. */
function readable(event: StoredEvent, options: SyncBackendOptions): StoredEvent {
  if (options.isReadable(event)) return event;
  options.logger.debug("skipped an event that this version cannot read", { name: event.name, seqNum: event.seqNum });
  return { ...event, name: options.unreadableEvent, args: undefined };
}

function fillerEvent(seqNum: number, name: string): StoredEvent {
  return { name, seqNum, parentSeqNum: seqNum - 1, clientId: "lost", sessionId: "static" };
}
