/**
 * Our own sync backend for LiveStore 0.3.1, over the wire protocol of sync-cf 0.3.1: the way to one notebook's log.
 *
 * Losing and regaining the connection happens in here, unseen: whoever asks for events waits, and a push waits until its events stand
 * in the log.
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

/** What the backend needs to know, and whom it tells. */
export interface SyncBackendOptions {
  /** The address of the sync socket, credentials included. */
  url: URL;
  /** Asks whether the server refuses the credentials, after a socket could not be opened. Default: it does not. */
  askRefusal?(signal: AbortSignal): Promise<Error | undefined>;
  /** The name of an event without arguments that stands in for what cannot be read. */
  unreadableEvent: string;
  /** Whether LiveStore can take an event: one that it cannot ends its store. */
  isReadable(event: WireEvent): boolean;
  /** The server has said something: it is there, and it has let us in. */
  onHeard(): void;
  /** Nothing is missing of the log that the server has. Called whenever that is found. */
  onUpToDate?(): void;
  /** The log has grown by these events. */
  onEvents?(events: readonly StoredEvent[]): void;
  /** There is no connection to the server, and why; another attempt follows. */
  onLost(reason: string): void;
  /** The server refused our credentials, as `askRefusal` has found. */
  onRefused?(refusal: Error): void;
  /** The server's log is no longer the one that was followed; the connection has ended. */
  onReplaced?(replacement: LogReplacement): void;
  logger: Logger;
  /** Measures every wait. */
  clock: Clock;
}

/** The way to a notebook's log. */
export interface SyncBackend {
  /** Waits until the log has grown beyond what was handed out; the first chunk of an empty log is empty. */
  next(): Promise<PullChunk>;
  /**
   * Waits until events stand in the log.
   *
   * @returns `server_ahead` when an event of somebody else has one of their places
   * @throws the signal's reason, once it is aborted
   */
  push(events: readonly WireEvent[], signal: AbortSignal): Promise<"done" | "server_ahead">;
  /** Ends the connection for good. */
  close(): void;
}

/** Connects to a log. */
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

/** Connects and wires the parts to each other. */
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

/** The event itself, or a stand-in at its place in the log. */
function readable(event: StoredEvent, options: SyncBackendOptions): StoredEvent {
  if (options.isReadable(event)) return event;
  options.logger.debug("skipped an event that this version cannot read", { name: event.name, seqNum: event.seqNum });
  return { ...event, name: options.unreadableEvent, args: undefined };
}

function fillerEvent(seqNum: number, name: string): StoredEvent {
  return { name, seqNum, parentSeqNum: seqNum - 1, clientId: "lost", sessionId: "static" };
}
