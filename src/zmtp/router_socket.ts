/**
 * A listening ROUTER socket (RFC 28).
 *
 * @module
 */

import { Binding, type BindOptions, limitsOf } from "./binding.ts";
import { FairQueue, type QueueLimits } from "./fair_queue.ts";
import { byteLengthOf, encodeMessage, type Frames } from "./frame.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import { keyOf, RoutingIds } from "./routing_ids.ts";

export interface RouterMessage {
  /** The address for replies: the peer's identity, or a generated one for a peer without identity. */
  readonly routingId: Uint8Array;
  readonly frames: Frames;
}

/**
 * A ROUTER socket: receives messages from all peers in turns, and sends each message to the peer that it names. Peers are REQ, DEALER and
 * ROUTER.
 *
 * A new peer with the identity of another one replaces it, like ROUTER_HANDOVER in libzmq. So a client can reconnect before its old
 * connection is known to be dead. Messages that a peer sent before it was disconnected are still received.
 *
 * ```ts
 * await using router = await RouterSocket.bind({ hostname: "127.0.0.1", port: 0 });
 * for await (const { routingId, frames } of router) await router.send(routingId, frames);
 * ```
 */
export class RouterSocket implements AsyncIterable<RouterMessage>, AsyncDisposable {
  readonly #messages: FairQueue<RouterMessage>;
  readonly #peers = new Map<string, Peer>();
  readonly #routingIds = new RoutingIds();
  #binding!: Binding;

  private constructor(limits: QueueLimits) {
    this.#messages = new FairQueue(limits);
  }

  /**
   * Binds a socket to an address.
   *
   * @throws {BindError} if it is impossible to listen at the address
   */
  static async bind(options: BindOptions): Promise<RouterSocket> {
    const router = new RouterSocket(limitsOf(options));
    router.#binding = await Binding.listen(options, "ROUTER", (peer) => router.#welcome(peer));
    return router;
  }

  get port(): number {
    return this.#binding.port;
  }

  /**
   * Sends a message to a peer. The outcome need not be awaited; if the peer does not read, it comes only when the peer is disconnected.
   *
   * @param frames the message, which is copied
   * @returns the outcome; `gone` if there is no such peer
   * @throws {TypeError} if there is no frame
   */
  send(routingId: Uint8Array, frames: Frames): Promise<SendOutcome> {
    const message = encodeMessage(frames);
    return this.#peers.get(keyOf(routingId))?.send(message) ?? Promise.resolve("gone");
  }

  /** Receives messages until the socket is closed. With several iterators, each message is received only once. */
  [Symbol.asyncIterator](): AsyncGenerator<RouterMessage, void, void> {
    return this.#messages[Symbol.asyncIterator]();
  }

  /** Closes the socket when sent messages are written, or after the linger time. Messages that were not received are lost. */
  close(): Promise<void> {
    this.#messages.close();
    return this.#binding.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #welcome(peer: Peer): PeerHandlers {
    const { identity } = peer.introduction;
    const routingId = identity.length > 0 ? identity.slice() : this.#routingIds.make();
    const key = keyOf(routingId);
    this.#peers.get(key)?.disconnect();
    this.#peers.set(key, peer);
    return {
      onMessage: (frames) => this.#messages.put(peer, { routingId, frames }, byteLengthOf(frames)),
      onClose: () => {
        if (this.#peers.get(key) === peer) this.#peers.delete(key);
      },
    };
  }
}
