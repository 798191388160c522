/**
 * One connection to a sync server: opened, watched for signs of life, and closed once.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import { PING_FRAME, readServerFrame, type ServerFrame } from "./frames.ts";
import { tooLong, tooMany } from "./message_limits.ts";

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE_TIMEOUT_MS = 10_000;
/** After this long without a frame we ask whether the server is there, in milliseconds. */
const QUIET_MS = 10_000;
/** How long it may take to answer that, in milliseconds. */
const PONG_TIMEOUT_MS = 10_000;

/** The close code of RFC 6455 for "done"; without a code, sync-cf never answers a close. */
const NORMAL_CLOSURE = 1000;

/** What a connection reports. */
export interface SocketHandlers {
  /** A frame arrived. */
  onFrame(frame: ServerFrame): void;
  /** The connection is gone; called once, and nothing after it. */
  onClose(reason: string): void;
}

/** How a connection is opened. */
export interface SocketOptions {
  /** How long the handshake may take, in milliseconds. Default: 10 s. */
  handshakeTimeoutMs?: number;
  /** Measures silence. Default: the machine's clock. */
  clock?: Clock;
}

/** An open connection to a sync server. */
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
    // Deno says "Frame too large" of one above 64 MiB.
    socket.onerror = (event) => this.drop(["the connection broke", messageOf(event)].filter(Boolean).join(": "));
    this.#watchAfter(QUIET_MS);
  }

  /**
   * Opens a connection.
   *
   * @returns the connection, or the reason why there is none
   */
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

  /** Sends a frame; one that can no longer be sent is lost, which the close tells. */
  send(frame: string): void {
    if (!this.#closed && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Gives the connection up. With a stalled peer a close never finishes, so nobody waits for it. */
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
          return this.drop(`nothing heard for ${Math.round((quietFor + PONG_TIMEOUT_MS) / 1000)} s`);
        }
        this.#watchAfter(QUIET_MS);
      }, PONG_TIMEOUT_MS);
    }, delayMs);
  }
}

/** What went wrong, where the platform says it: browsers do not. */
function messageOf(event: Event): string {
  return (event as ErrorEvent).message ?? "";
}

function detach(socket: WebSocket): void {
  socket.onopen =
    socket.onmessage =
    socket.onclose =
    socket.onerror =
      null;
  // A connection attempt that is given up still fails later; without a listener that would be an uncaught error.
  socket.onerror = () => {};
}
