/**
 * Listens on a TCP port, accepts a limited number of connections, and closes them at the end.
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

/** How long {@linkcode Binding.close} waits for slow peers, in milliseconds; ipykernel's sockets have the same default. */
const DEFAULT_LINGER_MS = 1_000;

/** A peer that was disconnected because of an error. */
export interface Refusal {
  readonly error: ProtocolError;
  /** The peer's address: `127.0.0.1:50123`. */
  readonly address: string;
}

export interface BindOptions extends Address {
  /** Limits that differ from {@linkcode DEFAULT_LIMITS}. */
  readonly limits?: Partial<Limits>;
  /** How long closing waits for sent messages to be written, in milliseconds. Default: 1 s. */
  readonly lingerMs?: number;
  /** Called when a peer is disconnected for violating the protocol or a limit. Use it for logging. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** The clock for timeouts. Default: the system's. */
  readonly clock?: Clock;
}

/** Completes limits with their defaults. */
export function limitsOf({ limits }: BindOptions): Limits {
  return { ...DEFAULT_LIMITS, ...limits };
}

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
   * Starts listening.
   *
   * @param welcome called with each peer that has finished its handshake
   * @throws {BindError} if it is impossible to listen at the address
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

  /** The port: the requested one, or the free one that was chosen. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Closes the port and all connections when sent messages are written, or after the linger time. */
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
        if (others >= this.#limits.peers) {
          throw new ProtocolError(`${others} peers are connected; no more are accepted`);
        }
        return this.#welcome(peer);
      },
    });
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  /** Returns the reason why no further connection can be accepted, or `undefined`. Connections that are being closed count, too. */
  #overload(): string | undefined {
    const { handshakes, peers } = this.#limits;
    const count = [...this.#connections].filter(({ isNew }) => isNew).length;
    if (count >= handshakes) return `${count} peers have not finished their handshake yet; no more are accepted`;
    const { size } = this.#connections;
    if (size >= handshakes + peers) return `${size} connections are open; no more are accepted`;
  }
}
