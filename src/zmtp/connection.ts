/**
 * One connection with a peer: greeting, handshake, traffic, end.
 *
 * @module
 */

import type { Socket } from "node:net";
import type { Clock } from "../async/clock.ts";
import { encodeError, encodePong, encodeReady } from "./command.ts";
import { ProtocolError } from "./errors.ts";
import { encodeGreeting } from "./greeting.ts";
import type { Limits } from "./limits.ts";
import { Liveness } from "./liveness.ts";
import type { Metadata } from "./metadata.ts";
import { Outbox, type SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import { introduce, type PeerIntroduction, readIntroduction, type SocketType } from "./peer_introduction.ts";
import { type PeerEvent, PeerReader } from "./peer_reader.ts";

/** How long a peer may take to close its side after the last message, for example an error, in milliseconds. */
const FAREWELL_MS = 1_000;

/** The socket to which a connection belongs, as far as the connection needs it. */
export interface ConnectionContext {
  readonly socketType: SocketType;
  readonly limits: Limits;
  readonly clock: Clock;
  /** Called with a peer that has finished its handshake. Throws a {@linkcode ProtocolError} to refuse it; the peer receives the message. */
  readonly welcome: (peer: Peer) => PeerHandlers;
  /** Called when the peer is disconnected because of an error. */
  readonly onRefused: (error: ProtocolError) => void;
}

export class Connection implements Peer {
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #context: ConnectionContext;
  readonly #reader: PeerReader;
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  #phase: "greeting" | "handshake" | "traffic" | "ending" = "greeting";
  #introduction: PeerIntroduction | undefined;
  #handlers: PeerHandlers | undefined;
  #isReading = true;
  /** Whether the connection is closed. Bytes that arrived before may still be read. */
  #isClosed = false;
  #cancelTimer: () => void;

  /** Sends the greeting and starts reading. */
  constructor(socket: Socket, context: ConnectionContext) {
    this.#socket = socket;
    this.#context = context;
    const { limits, clock } = context;
    this.#reader = new PeerReader(limits);
    this.#outbox = new Outbox((bytes) => this.#write(bytes), limits);
    this.#liveness = new Liveness(clock, () => this.#isReading, (ttlMs) => {
      this.#refuse(new ProtocolError(`nothing was received from the peer within its time to live of ${ttlMs} ms`));
    });
    this.#cancelTimer = clock.setTimer(() => {
      this.#refuse(new ProtocolError(`the peer did not finish its handshake within ${limits.handshakeMs} ms`));
    }, limits.handshakeMs);
    this.closed = new Promise((resolve) => socket.once("close", resolve)).then(() => this.#afterClose());
    socket.on("error", () => {}); // a close event follows, and is handled
    socket.setNoDelay(true);
    socket.write(encodeGreeting());
    void this.#read();
  }

  /** Whether the handshake is unfinished. */
  get isNew(): boolean {
    return this.#phase === "greeting" || this.#phase === "handshake";
  }

  /** The peer's metadata. Available after the handshake. */
  get introduction(): PeerIntroduction {
    return this.#introduction!;
  }

  send(message: Uint8Array): Promise<SendOutcome> {
    return this.#outbox.send(message);
  }

  disconnect(): void {
    this.#phase = "ending";
    this.#socket.destroy();
  }

  /**
   * Closes the connection when waiting messages are written and the peer has closed its side.
   *
   * @param lingerMs the timeout for each of the two, in milliseconds; for the second it is at most one second
   */
  async close(lingerMs: number): Promise<void> {
    if (this.isNew || lingerMs === 0) this.disconnect();
    else if (this.#phase === "traffic") {
      this.#endWithin(lingerMs);
      await this.#outbox.idle();
      this.#endWithin(Math.min(lingerMs, FAREWELL_MS));
      this.#socket.end();
    }
    await this.closed;
  }

  async #read(): Promise<void> {
    for await (const chunk of this.#chunks()) {
      if (this.#phase === "ending") continue; // discarded; reading continues to detect the end of the connection
      this.#liveness.heard();
      try {
        await this.#handleAll(chunk);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#refuse(error);
      }
    }
  }

  /** The bytes that arrive until the connection ends, for whatever reason. */
  async *#chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#socket;
    } catch {
      // Either side has broken off the connection.
    }
  }

  async #handleAll(chunk: Uint8Array): Promise<void> {
    for (const event of this.#reader.read(chunk)) {
      const room = this.#handle(event);
      if (room !== undefined) {
        this.#isReading = false;
        await room;
        this.#isReading = true;
      }
      if (this.#phase === "ending") return;
    }
  }

  #handle(event: PeerEvent): void | Promise<void> {
    switch (event.type) {
      case "greeted":
        this.#phase = "handshake";
        return;
      case "ready":
        return this.#shakeHands(event.metadata);
      case "message":
        return this.#handlers?.onMessage(event.frames);
      case "subscribe":
        return this.#handlers?.onSubscribe?.(event.topic);
      case "cancel":
        return this.#handlers?.onCancel?.(event.topic);
      case "ping":
        if (this.#isClosed) return;
        this.#liveness.expect(event.ping.ttlMs);
        void this.#outbox.send(encodePong(event.ping.context));
    }
  }

  #shakeHands(metadata: Metadata): void {
    const { socketType, welcome } = this.#context;
    this.#introduction = readIntroduction(metadata, socketType);
    const handlers = welcome(this);
    this.#cancelTimer();
    this.#phase = "traffic";
    this.#handlers = handlers;
    void this.#outbox.send(encodeReady(introduce(socketType)));
  }

  /** Disconnects a peer because of an error. The RFC has a command that states the reason, but only for the handshake. */
  #refuse(error: ProtocolError): void {
    if (this.#phase === "ending") return;
    const farewell = this.#phase === "handshake" ? encodeError(error.message) : undefined;
    this.#endWithin(FAREWELL_MS);
    this.#context.onRefused(error);
    if (farewell === undefined) this.#socket.end();
    else this.#socket.end(farewell);
  }

  #endWithin(ms: number): void {
    this.#phase = "ending";
    if (this.#isClosed) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#context.clock.setTimer(() => this.#socket.destroy(), ms);
  }

  #write(bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => this.#socket.write(bytes, (error) => resolve(!error)));
  }

  #afterClose(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#liveness.heard();
    this.#outbox.close();
    this.#handlers?.onClose?.();
  }
}
