/**
 * A connection that comes back: it reconnects for ever, with growing pauses, unless the server refuses our credentials.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import { Backoff } from "../../async/backoff.ts";
import type { Clock } from "../../async/clock.ts";
import { delay } from "../../async/delay.ts";
import type { ServerFrame } from "./frames.ts";
import { SyncSocket } from "./socket.ts";

/** The pauses between attempts, in milliseconds: short enough for a restart of the server, long enough for an outage. */
const RECONNECT_PAUSES = { firstMs: 200, maxMs: 15_000 };

/** What a connection tells its owner. */
export interface ConnectionHandlers {
  /** A socket is open; nothing is known of the server's log yet. */
  onOpen(): void;
  /** A frame arrived on the open socket. */
  onFrame(frame: ServerFrame): void;
  /** The open socket is gone. */
  onClose(): void;
  /** There is no connection, and why; another attempt follows. */
  onLost(reason: string): void;
  /** The server refused our credentials, as {@linkcode ConnectionOptions.askRefusal} has found; no further attempt is made. */
  onRefused(refusal: Error): void;
}

/** Where and how to connect. */
export interface ConnectionOptions {
  /** The socket's address, credentials included. */
  url: URL;
  /**
   * Asks, after a socket could not be opened, whether the server refuses our credentials. It resolves with the refusal, or with
   * `undefined` when it is worth trying again.
   */
  askRefusal(signal: AbortSignal): Promise<Error | undefined>;
  /** Where losses and returns are reported. */
  logger: Logger;
  /** Measures silence and pauses. */
  clock: Clock;
}

/** Keeps one socket to a sync server open until it is closed. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #backoff = new Backoff(RECONNECT_PAUSES);
  readonly #ended = new AbortController();
  #socket: SyncSocket | undefined;
  #lostAt: number | undefined;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** Connects, and reconnects until {@linkcode Connection.close} is called or the server refuses us. */
  async run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const { reason, wasOpen } = await this.#connectOnce();
      const refusal = wasOpen || signal.aborted ? undefined : await this.#options.askRefusal(signal);
      if (signal.aborted) return;
      if (refusal !== undefined) return this.#handlers.onRefused(refusal);
      const pauseMs = this.#backoff.next();
      this.#reportLoss(reason, pauseMs);
      this.#handlers.onLost(reason);
      // The loop ends when the wait is aborted.
      await delay(this.#options.clock, pauseMs, signal).catch(() => {});
    }
  }

  /** The server has answered on the open socket: it works, so the next loss is met with the shortest pause again. */
  confirm(): void {
    this.#backoff.reset();
    if (this.#lostAt === undefined) return;
    const seconds = Math.round((this.#options.clock.now() - this.#lostAt) / 100) / 10;
    this.#options.logger.info("connected to the sync server again", { afterSeconds: seconds });
    this.#lostAt = undefined;
  }

  /** Sends a frame on the open socket, if there is one. */
  send(frame: string): void {
    this.#socket?.send(frame);
  }

  /** Gives the open socket up and connects anew. */
  drop(reason: string): void {
    this.#socket?.drop(reason);
  }

  /** Ends the connection for good. */
  close(): void {
    this.#ended.abort();
    this.#socket?.drop("closed by us");
  }

  /** Opens a socket and stays until it is gone; returns why it is, and whether there was one. */
  async #connectOnce(): Promise<{ reason: string; wasOpen: boolean }> {
    const gone = Promise.withResolvers<string>();
    const opened = await SyncSocket.open(this.#options.url, {
      onFrame: (frame) => this.#handlers.onFrame(frame),
      onClose: gone.resolve,
    }, { clock: this.#options.clock });
    if (typeof opened === "string") return { reason: opened, wasOpen: false };
    if (this.#ended.signal.aborted) opened.drop("closed by us");
    this.#socket = opened;
    this.#handlers.onOpen();
    const reason = await gone.promise;
    this.#socket = undefined;
    this.#handlers.onClose();
    return { reason, wasOpen: true };
  }

  #reportLoss(reason: string, pauseMs: number): void {
    const fields = { reason, retryInMs: pauseMs };
    if (this.#lostAt === undefined) this.#options.logger.warn("no connection to the sync server; reconnecting", fields);
    else this.#options.logger.debug("still no connection to the sync server", fields);
    this.#lostAt ??= this.#options.clock.now();
  }
}
