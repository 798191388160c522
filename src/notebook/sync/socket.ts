/**
 * One connection to a sync server: opened, watched for signs of life, and closed once.
 *
 * @module
 */

import { PING_FRAME, readServerFrame, type ServerFrame } from "./frames.ts";

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

/** The times of {@linkcode SyncSocket.open}, in milliseconds; tests make them short. */
export interface SocketTimes {
  handshakeTimeoutMs?: number;
  quietMs?: number;
  pongTimeoutMs?: number;
}

/** An open connection to a sync server. */
export class SyncSocket {
  readonly #socket: WebSocket;
  readonly #handlers: SocketHandlers;
  readonly #times: Required<SocketTimes>;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #lastHeard = Date.now();
  #closed = false;

  private constructor(socket: WebSocket, handlers: SocketHandlers, times: Required<SocketTimes>) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#times = times;
    socket.onmessage = (message) => {
      if (this.#closed) return;
      this.#lastHeard = Date.now();
      const frame = readServerFrame(message.data);
      if (frame !== undefined) handlers.onFrame(frame);
    };
    socket.onclose = ({ code, reason }) => this.drop(reason || `closed with code ${code}`);
    socket.onerror = () => this.drop("the connection broke");
    this.#watchAfter(this.#times.quietMs);
  }

  /**
   * Opens a connection.
   *
   * @returns the connection, or the reason why there is none
   */
  static open(url: URL, handlers: SocketHandlers, times: SocketTimes = {}): Promise<SyncSocket | string> {
    const all = {
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      quietMs: QUIET_MS,
      pongTimeoutMs: PONG_TIMEOUT_MS,
      ...times,
    };
    const socket = new WebSocket(url);
    return new Promise((resolve) => {
      const fail = (reason: string) => {
        clearTimeout(timer);
        detach(socket);
        socket.close();
        resolve(reason);
      };
      const timer = setTimeout(
        () => fail(`no answer to the handshake within ${all.handshakeTimeoutMs / 1000} s`),
        all.handshakeTimeoutMs,
      );
      socket.onopen = () => {
        clearTimeout(timer);
        resolve(new SyncSocket(socket, handlers, all));
      };
      socket.onerror = (event) => fail((event as ErrorEvent).message || "the connection failed");
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
    clearTimeout(this.#watch);
    detach(this.#socket);
    this.#socket.close(NORMAL_CLOSURE);
    this.#handlers.onClose(reason);
  }

  #watchAfter(delayMs: number): void {
    this.#watch = setTimeout(() => {
      const quietFor = Date.now() - this.#lastHeard;
      if (quietFor < this.#times.quietMs) return this.#watchAfter(this.#times.quietMs - quietFor);
      this.send(PING_FRAME);
      const askedAt = Date.now();
      this.#watch = setTimeout(() => {
        if (this.#lastHeard < askedAt) {
          return this.drop(`nothing heard for ${Math.round((quietFor + this.#times.pongTimeoutMs) / 1000)} s`);
        }
        this.#watchAfter(this.#times.quietMs);
      }, this.#times.pongTimeoutMs);
    }, delayMs);
  }
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
