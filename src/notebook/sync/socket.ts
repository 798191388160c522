/**
 * One WebSocket connection to a sync server, with a timeout for silence.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import { PING_FRAME, readServerFrame, type ServerFrame } from "./frames.ts";
import { tooLong, tooMany } from "./message_limits.ts";

/** The longest handshake, in milliseconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** The silence after which a ping is sent, in milliseconds. */
const QUIET_MS = 10_000;
/** The longest wait for the reply to a ping, in milliseconds. */
const PONG_TIMEOUT_MS = 10_000;

/** The close code of RFC 6455 for a normal closure. Without a code, sync-cf never replies to a close. */
const NORMAL_CLOSURE = 1000;

export interface SocketHandlers {
  onFrame(frame: ServerFrame): void;
  /** The connection was closed. This is the last call. */
  onClose(reason: string): void;
}

export interface SocketOptions {
  /** The longest handshake, in milliseconds. Default: 10 s. */
  handshakeTimeoutMs?: number;
  /** The clock for timeouts. Default: the system's. */
  clock?: Clock;
}

export class SyncSocket {
  readonly #socket: WebSocket;
  readonly #handlers: SocketHandlers;
  readonly #clock: Clock;
  #stopWatching = () => {};
  #lastHeard: number;
  #closed = false;

  private constructor(socket: WebSocket, handlers: SocketHandlers, clock: Clock) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#lastHeard = clock.now();
    socket.onmessage = ({ data }) => {
      if (this.#closed) return;
      this.#lastHeard = clock.now();
      const length = tooLong(data);
      if (length !== undefined) return this.drop(length);
      const frame = readServerFrame(data);
      if (frame === undefined) return;
      const count = tooMany(frame);
      if (count !== undefined) return this.drop(count);
      handlers.onFrame(frame);
    };
    socket.onclose = ({ code, reason }) => this.drop(reason || `closed with code ${code}`);
    // Deno's message for a frame above 64 MiB is "Frame too large".
    socket.onerror = (event) => this.drop(["the connection broke", messageOf(event)].filter(Boolean).join(": "));
    this.#watchAfter(QUIET_MS);
  }

  /** Opens a connection. Returns it, or the reason why there is none. */
  static open(
    url: URL,
    handlers: SocketHandlers,
    { handshakeTimeoutMs = HANDSHAKE_TIMEOUT_MS, clock = systemClock }: SocketOptions = {},
  ): Promise<SyncSocket | string> {
    const socket = new WebSocket(url);
    return new Promise((resolve) => {
      const fail = (reason: string) => {
        cancelTimeout();
        detach(socket);
        socket.close();
        resolve(reason);
      };
      const cancelTimeout = clock.setTimer(
        () => fail(`no answer to the handshake within ${handshakeTimeoutMs / 1000} s`),
        handshakeTimeoutMs,
      );
      socket.onopen = () => {
        cancelTimeout();
        resolve(new SyncSocket(socket, handlers, clock));
      };
      socket.onerror = (event) => fail(messageOf(event) || "the connection failed");
      socket.onclose = ({ code, reason }) => fail(reason || `closed with code ${code}`);
    });
  }

  /** Sends a frame. A frame for a closed socket is dropped; `onClose` reports the loss. */
  send(frame: string): void {
    if (!this.#closed && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Closes the connection. Does not wait, because with a stalled peer the close would never finish. */
  drop(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWatching();
    detach(this.#socket);
    this.#socket.close(NORMAL_CLOSURE);
    this.#handlers.onClose(reason);
  }

  #watchAfter(delayMs: number): void {
    this.#stopWatching = this.#clock.setTimer(() => {
      const quietFor = this.#clock.now() - this.#lastHeard;
      if (quietFor < QUIET_MS) return this.#watchAfter(QUIET_MS - quietFor);
      this.send(PING_FRAME);
      const askedAt = this.#clock.now();
      this.#stopWatching = this.#clock.setTimer(() => {
        if (this.#lastHeard < askedAt) {
          return this.drop(`no frame received for ${Math.round((quietFor + PONG_TIMEOUT_MS) / 1000)} s`);
        }
        this.#watchAfter(QUIET_MS);
      }, PONG_TIMEOUT_MS);
    }, delayMs);
  }
}

/** The error message, if the platform has one. Browsers have none. */
function messageOf(event: Event): string {
  return (event as ErrorEvent).message ?? "";
}

function detach(socket: WebSocket): void {
  socket.onopen =
    socket.onmessage =
    socket.onclose =
    socket.onerror =
      null;
  // An abandoned connection attempt fails later. Without a listener that would be an uncaught error.
  socket.onerror = () => {};
}
