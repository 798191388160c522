/**
 * Listening on a tcp port: connections are taken, counted and, at the end, closed.
 *
 * @module
 */

import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type Clock, systemClock } from "../async/clock.ts";
import { type Address, checkAddress, describeBindFailure } from "./address.ts";
import { Connection } from "./connection.ts";
import { ProtocolError } from "./errors.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import type { SocketType } from "./peer_introduction.ts";

/** How long {@linkcode Binding.close} waits for slow peers, in milliseconds; as long as ipykernel's sockets do. */
const DEFAULT_LINGER_MS = 1_000;

/** A peer that was disconnected for what it did. */
export interface Refusal {
  /** What it did. */
  readonly error: ProtocolError;
  /** Where it was: `127.0.0.1:50123`. */
  readonly address: string;
}

/** How a socket is bound. */
export interface BindOptions extends Address {
  /** Limits that differ from {@linkcode DEFAULT_LIMITS}. */
  readonly limits?: Partial<Limits>;
  /** How long closing waits until what was sent is written, in milliseconds. Default: 1 s. */
  readonly lingerMs?: number;
  /** Called when a peer is disconnected for breaking the protocol or a limit: something to log. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** Measures how long peers take. Default: the machine's clock. */
  readonly clock?: Clock;
}

/** Completes limits with the defaults. */
export function limitsOf({ limits }: BindOptions): Limits {
  return { ...DEFAULT_LIMITS, ...limits };
}

/** A port that is listened on, and its connections. */
export class Binding {
  readonly #server: Server;
  readonly #options: BindOptions;
  readonly #limits: Limits;
  readonly #socketType: SocketType;
  readonly #welcome: (peer: Peer) => PeerHandlers;
  readonly #connections = new Set<Connection>();
  #closing: Promise<void> | undefined;

  private constructor(options: BindOptions, socketType: SocketType, welcome: (peer: Peer) => PeerHandlers) {
    this.#options = options;
    this.#limits = limitsOf(options);
    this.#socketType = socketType;
    this.#welcome = welcome;
    this.#server = createServer((socket) => this.#connect(socket));
  }

  /**
   * Begins to listen.
   *
   * @param options where, and with what limits
   * @param socketType the type of the socket that peers find there
   * @param welcome takes a peer that has finished its handshake
   * @throws {BindError} when the address cannot be listened on
   */
  static async listen(
    options: BindOptions,
    socketType: SocketType,
    welcome: (peer: Peer) => PeerHandlers,
  ): Promise<Binding> {
    await checkAddress(options);
    const binding = new Binding(options, socketType, welcome);
    const { hostname: host, port } = options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    binding.#server.on("error", (error) => reject(describeBindFailure(options, error)));
    binding.#server.listen({ host, port }, resolve);
    await promise;
    return binding;
  }

  /** The port: the one that was asked for, or the one that was free. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends everything, once what was sent is written or the time for that is over. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const lingerMs = this.#options.lingerMs ?? DEFAULT_LINGER_MS;
    await Promise.all([...this.#connections].map((connection) => connection.close(lingerMs)));
    await closed;
  }

  #connect(socket: Socket): void {
    const address = `${socket.remoteAddress}:${socket.remotePort}`;
    const onRefused = (error: ProtocolError) => this.#options.onRefused?.({ error, address });
    const overload = this.#overload();
    if (overload !== undefined) {
      socket.on("error", () => {}).destroy();
      return onRefused(new ProtocolError(overload));
    }
    const connection = new Connection(socket, {
      socketType: this.#socketType,
      limits: this.#limits,
      clock: this.#options.clock ?? systemClock,
      onRefused,
      welcome: (peer) => {
        const others = [...this.#connections].filter(({ isNew }) => !isNew).length;
        if (others >= this.#limits.peers) throw new ProtocolError(`${others} peers are connected; no more are taken`);
        return this.#welcome(peer);
      },
    });
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  /** Why no further connection can be taken, if none can; those that are being ended count, too. */
  #overload(): string | undefined {
    const { handshakes, peers } = this.#limits;
    const count = [...this.#connections].filter(({ isNew }) => isNew).length;
    if (count >= handshakes) return `${count} peers have not finished their handshake yet; no more are taken`;
    const { size } = this.#connections;
    if (size >= handshakes + peers) return `${size} connections are open; no more are taken`;
  }
}
