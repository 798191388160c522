/**
 * Our own sync backend for LiveStore 0.3.1, over the wire protocol of sync-cf 0.3.1.
 *
 * LiveStore calls `pull` once and expects a stream that neither ends nor fails, and `push` for one batch after another; a
 * push that fails stops LiveStore's pushing until the next pulled chunk. Losing and regaining the connection therefore
 * happens in here, unseen.
 *
 * @module
 */

import { InvalidPushError, type SyncBackendConstructor } from "@livestore/common";
import type { LiveStoreEvent } from "@livestore/common/schema";
import { Effect, Option, Stream, SubscriptionRef } from "@livestore/utils/effect";
import type { Logger } from "../../logger.ts";
import { Connection } from "./connection.ts";
import type { ServerFrame, StoredEvent, WireEvent } from "./frames.ts";
import { LogFollower } from "./log_follower.ts";
import { Notifier } from "./notifier.ts";
import { PullProgress } from "./pull_progress.ts";
import { PullQueue } from "./pull_queue.ts";
import { Pusher } from "./pusher.ts";
import type { SocketTimes } from "./socket.ts";
import { socketUrl } from "./sync_url.ts";

/** What the backend needs to know, and whom it tells. */
export interface SyncBackendOptions {
  /** The WebSocket base: `wss://app.runt.run/livestore`. */
  syncUrl: string;
  /** The name of an event without arguments that stands in for what cannot be read. */
  unreadableEvent: string;
  /** Whether LiveStore can take an event: one that it cannot ends its pulling for good. */
  isReadable(event: WireEvent): boolean;
  /** The server has said something: it is there, and it has let us in. */
  onHeard(): void;
  /** The log has grown by these events. */
  onEvents?(events: readonly StoredEvent[]): void;
  /** There is no connection to the server, and why; another attempt follows. */
  onLost(reason: string): void;
  /** The server refused our credentials. */
  onRefused(reason: string): void;
  /** LiveStore is done with everything that it was handed. */
  onIdle(): void;
  logger: Logger;
  times?: SocketTimes;
}

type PullItem = { eventEncoded: LiveStoreEvent.AnyEncodedGlobal; metadata: Option.Option<{ createdAt: string }> };

/** Makes the backend that `makeAdapter({ sync: { backend } })` takes. */
export function makeSyncBackend(options: SyncBackendOptions): SyncBackendConstructor<{ createdAt: string }> {
  return ({ storeId, payload }) =>
    Effect.gen(function* () {
      const isConnected = yield* SubscriptionRef.make(false);
      const client = startClient(options, socketUrl(options.syncUrl, storeId, payload), setInOrder(isConnected));
      yield* Effect.addFinalizer(() => Effect.sync(() => client.connection.close()));

      return {
        isConnected,
        connect: Effect.void,
        pull: () => {
          const progress = new PullProgress(options.logger);
          return Stream.repeatEffect(Effect.promise(() => nextPullChunk(client.queue, options, progress)));
        },
        push: (batch) =>
          Effect.promise((signal) => client.pusher.push(batch as unknown as WireEvent[], signal)).pipe(
            Effect.flatMap((outcome) => outcome === "done" ? Effect.void : serverAhead(batch)),
          ),
        metadata: {
          name: "aipython",
          description: "sync-cf 0.3.1 over a connection that comes back",
          url: options.syncUrl,
        },
      };
    });
}

/** Connects and wires the parts to each other. */
function startClient(options: SyncBackendOptions, url: URL, setConnected: (connected: boolean) => void) {
  const { logger } = options;
  const changes = new Notifier();
  const queue = new PullQueue(changes, () => follower.upToDate);
  const send = (frame: string) => connection.send(frame);
  const drop = (reason: string) => connection.drop(reason);

  const follower = new LogFollower({
    send,
    drop,
    logger,
    onEvents: (events) => {
      options.onEvents?.(events);
      queue.add(events.map((event) => readable(event, options)));
    },
    onChange: () => {
      if (follower.upToDate) {
        connection.confirm();
        setConnected(true);
      }
      changes.notify();
    },
    fillerFor: (seqNum) => fillerEvent(seqNum, options.unreadableEvent),
  });
  const pusher = new Pusher({ follower, changes, send, drop, logger });
  const connection = new Connection({ url, logger, times: options.times }, {
    onOpen: () => follower.opened(),
    onFrame: (frame: ServerFrame) => {
      options.onHeard();
      follower.receive(frame);
      pusher.receive(frame);
    },
    onClose: () => {
      setConnected(false);
      pusher.closed();
      follower.closed();
    },
    onLost: (reason) => options.onLost(reason),
    onRefused: (reason) => options.onRefused(reason),
  });
  void connection.run();
  return { connection, queue, pusher };
}

async function nextPullChunk(queue: PullQueue, options: SyncBackendOptions, progress: PullProgress) {
  options.onIdle();
  const chunk = await queue.next();
  progress.handing(chunk);
  const { events, remaining } = chunk;
  return { batch: events.map(toPullItem), remaining };
}

function toPullItem({ createdAt, ...event }: StoredEvent): PullItem {
  return {
    eventEncoded: event as unknown as LiveStoreEvent.AnyEncodedGlobal,
    metadata: createdAt === undefined ? Option.none() : Option.some({ createdAt }),
  };
}

function serverAhead(batch: ReadonlyArray<LiveStoreEvent.AnyEncodedGlobal>) {
  const providedNum = batch[0].seqNum;
  return new InvalidPushError({ reason: { _tag: "ServerAhead", minimumExpectedNum: providedNum + 1, providedNum } });
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

/** Setting a `SubscriptionRef` from outside of Effect is asynchronous; this keeps the order of the calls. */
function setInOrder(ref: SubscriptionRef.SubscriptionRef<boolean>): (value: boolean) => void {
  let last = Promise.resolve();
  return (value) => {
    last = last.then(() => Effect.runPromise(SubscriptionRef.set(ref, value)));
  };
}
