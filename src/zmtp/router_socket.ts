/**
 * A ROUTER socket that listens (RFC 28).
 *
 * @module
 */

import { Binding, type BindOptions, limitsOf } from "./binding.ts";
import { FairQueue, type QueueLimits } from "./fair_queue.ts";
import { byteLengthOf, encodeMessage, type Frames } from "./frame.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import { keyOf, RoutingIds } from "./routing_ids.ts";

/** A message that a peer sent. */
export interface RouterMessage {
  /** Whom an answer is sent to: the peer's identity, or bytes made up for a peer without one. */
  readonly routingId: Uint8Array;
  /** The message. */
  readonly frames: Frames;
}

/**
 * A ROUTER socket: receives the messages of all peers in turns, and sends each message to the peer that it names. Peers are REQ, DEALER
 * and ROUTER.
 *
 * A peer that comes with the identity of another replaces it, as ROUTER_HANDOVER of libzmq has it: so a client whose old connection is
 * not known to be dead can come back. What a peer had sent before it left is received all the same.
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
   * @throws {BindError} when the address cannot be listened on
   */
  static async bind(options: BindOptions): Promise<RouterSocket> {
    const router = new RouterSocket(limitsOf(options));
    router.#binding = await Binding.listen(options, "ROUTER", (peer) => router.#welcome(peer));
    return router;
  }

  /** The port that is listened on. */
  get port(): number {
    return this.#binding.port;
  }

  /**
   * Sends a message to a peer. The outcome need not be awaited; for a peer that does not read it comes when that leaves.
   *
   * @param routingId the peer
   * @param frames the message, which is copied
   * @returns `gone` for a peer that is not there
   * @throws {TypeError} when there is no frame
   */
  send(routingId: Uint8Array, frames: Frames): Promise<SendOutcome> {
    const message = encodeMessage(frames);
    return this.#peers.get(keyOf(routingId))?.send(message) ?? Promise.resolve("gone");
  }

  /** Receives messages until the socket is closed. Each is received once, however many iterate. */
  [Symbol.asyncIterator](): AsyncGenerator<RouterMessage, void, void> {
    return this.#messages[Symbol.asyncIterator]();
  }

  /** Ends everything, once what was sent is written or the linger time is over. What was not received is lost. */
  close(): Promise<void> {
    this.#messages.close();
    return this.#binding.close();
  }

  /** The same as {@linkcode RouterSocket.close}. */
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
