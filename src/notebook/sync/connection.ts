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
import { refusalReason } from "./refusal.ts";
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
  /** The server refused our credentials; no further attempt is made. */
  onRefused(reason: string): void;
}

/** Where and how to connect. */
export interface ConnectionOptions {
  /** The socket's address, credentials included. */
  url: URL;
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
      const reason = await this.#connectOnce();
      if (signal.aborted) return;
      const refused = await refusalReason(this.#options.url, signal);
      if (refused !== undefined) return this.#handlers.onRefused(refused);
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

  /** Opens a socket and stays until it is gone; returns why. */
  async #connectOnce(): Promise<string> {
    const gone = Promise.withResolvers<string>();
    const opened = await SyncSocket.open(this.#options.url, {
      onFrame: (frame) => this.#handlers.onFrame(frame),
      onClose: gone.resolve,
    }, { clock: this.#options.clock });
    if (typeof opened === "string") return opened;
    if (this.#ended.signal.aborted) opened.drop("closed by us");
    this.#socket = opened;
    this.#handlers.onOpen();
    const reason = await gone.promise;
    this.#socket = undefined;
    this.#handlers.onClose();
    return reason;
  }

  #reportLoss(reason: string, pauseMs: number): void {
    const fields = { reason, retryInMs: pauseMs };
    if (this.#lostAt === undefined) this.#options.logger.warn("no connection to the sync server; reconnecting", fields);
    else this.#options.logger.debug("still no connection to the sync server", fields);
    this.#lostAt ??= this.#options.clock.now();
  }
}
