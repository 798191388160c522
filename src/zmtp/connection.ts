/**
 * One connection of a peer: greeting, handshake, traffic, end.
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

/** How long a peer may take to leave once it has been sent the last, such as why it is refused, in milliseconds. */
const FAREWELL_MS = 1_000;

/** What a connection belongs to. */
export interface ConnectionContext {
  /** The type of our socket. */
  readonly socketType: SocketType;
  /** What the peer may cost. */
  readonly limits: Limits;
  /** Measures how long the peer takes. */
  readonly clock: Clock;
  /** Takes a peer that has finished its handshake, or throws a {@linkcode ProtocolError} that it is sent. */
  readonly welcome: (peer: Peer) => PeerHandlers;
  /** Called when the peer is disconnected for what it did. */
  readonly onRefused: (error: ProtocolError) => void;
}

/** A connection that a peer has opened. */
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
  /** Whether the connection is closed. What arrived before may still be read. */
  #isClosed = false;
  #cancelTimer: () => void;

  /** Greets the peer and begins to read. */
  constructor(socket: Socket, context: ConnectionContext) {
    this.#socket = socket;
    this.#context = context;
    const { limits, clock } = context;
    this.#reader = new PeerReader(limits);
    this.#outbox = new Outbox((bytes) => this.#write(bytes), limits);
    this.#liveness = new Liveness(clock, () => this.#isReading, (ttlMs) => {
      this.#refuse(new ProtocolError(`nothing was heard for the peer's time to live of ${ttlMs} ms`));
    });
    this.#cancelTimer = clock.setTimer(() => {
      this.#refuse(new ProtocolError(`the peer did not finish its handshake within ${limits.handshakeMs} ms`));
    }, limits.handshakeMs);
    this.closed = new Promise((resolve) => socket.once("close", resolve)).then(() => this.#afterClose());
    socket.on("error", () => {}); // the close that follows is what counts
    socket.setNoDelay(true);
    socket.write(encodeGreeting());
    void this.#read();
  }

  /** Whether the handshake is still to be finished. */
  get isNew(): boolean {
    return this.#phase === "greeting" || this.#phase === "handshake";
  }

  /** What the peer says of itself, once it has. */
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
   * Ends the connection when what waits for the peer is written and the peer has left.
   *
   * @param lingerMs how long either may take at most, in milliseconds; a peer has a second to leave
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
      if (this.#phase === "ending") continue; // read, so that the end of the connection is seen, and thrown away
      this.#liveness.heard();
      try {
        await this.#handleAll(chunk);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#refuse(error);
      }
    }
  }

  /** What arrives, until the connection ends in whatever way. */
  async *#chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#socket;
    } catch {
      // The peer has broken the connection off, or we have.
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

  /** Disconnects a peer for what it did. The RFC has a command that says why, but only for the handshake. */
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
