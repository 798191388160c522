/**
 * A connection that reconnects with growing delays until it is closed or the server refuses the credentials.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import { Backoff } from "../../async/backoff.ts";
import type { Clock } from "../../async/clock.ts";
import { delay } from "../../async/delay.ts";
import type { ServerFrame } from "./frames.ts";
import { SyncSocket } from "./socket.ts";

/** The delays between attempts, in milliseconds: short enough for a restart of the server, long enough for an outage. */
const RECONNECT_PAUSES = { firstMs: 200, maxMs: 15_000 };

export interface ConnectionHandlers {
  /** A socket was opened. The state of the server's log is still unknown. */
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  /** The open socket was closed. */
  onClose(): void;
  /** The connection was lost or could not be opened. Another attempt follows. */
  onLost(reason: string): void;
  /** The server has refused the credentials, according to {@linkcode ConnectionOptions.askRefusal}. No further attempt follows. */
  onRefused(refusal: Error): void;
}

export interface ConnectionOptions {
  /** The socket's address, including the credentials. */
  url: URL;
  /**
   * Asks whether the server refuses the credentials, after a socket could not be opened. Resolves with the refusal, or with `undefined` if
   * another attempt may succeed.
   */
  askRefusal(signal: AbortSignal): Promise<Error | undefined>;
  /** Receives a message when the connection is lost and when it is open again. */
  logger: Logger;
  clock: Clock;
}

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

  /** Connects, and reconnects until {@linkcode Connection.close} is called or the server refuses the credentials. */
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
      // An aborted delay ends the loop.
      await delay(this.#options.clock, pauseMs, signal).catch(() => {});
    }
  }

  /** Called when the server has answered on the open socket. The next loss is followed by the shortest delay again. */
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

  /** Closes the open socket and connects again. */
  drop(reason: string): void {
    this.#socket?.drop(reason);
  }

  /** Closes the connection permanently. */
  close(): void {
    this.#ended.abort();
    this.#socket?.drop("closed by us");
  }

  /** Opens a socket and waits until it is closed. Returns the reason, and whether it was ever open. */
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
