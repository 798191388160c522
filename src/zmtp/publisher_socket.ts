/**
 * A listening XPUB socket (RFC 29).
 *
 * @module
 */

import { Binding, type BindOptions, limitsOf } from "./binding.ts";
import { encodeMessage, type Frames } from "./frame.ts";
import type { Limits } from "./limits.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import { Subscriptions } from "./subscriptions.ts";

/** The first byte of a message that is a subscription. Peers with ZMTP 3.0 send subscriptions as messages (RFC 23). */
const SUBSCRIBE = 1;
const CANCEL = 0;

/** A peer that has just subscribed. */
export interface Subscriber {
  /**
   * Sends a message only to this subscriber. libzmq passes it on only if it matches one of the subscriber's topics.
   *
   * @throws {TypeError} if there is no frame
   */
  send(frames: Frames): Promise<SendOutcome>;
}

export interface PublisherOptions extends BindOptions {
  /** Called for each subscription of each peer. The peer then receives messages of that topic. Must not throw. */
  readonly onSubscribe?: (topic: Uint8Array, subscriber: Subscriber) => void;
}

/**
 * An XPUB socket: sends each message to the peers that have subscribed to its topic, which is the beginning of its first frame. Peers are
 * SUB and XSUB. Other messages from them are discarded.
 *
 * A subscriber that does not read loses the newest messages when {@linkcode Limits.sendMessages} or {@linkcode Limits.sendBytes} of them
 * wait for it. Other subscribers lose none, and publishing never blocks.
 */
export class PublisherSocket implements AsyncDisposable {
  readonly #limits: Limits;
  readonly #onSubscribe: NonNullable<PublisherOptions["onSubscribe"]>;
  readonly #subscribers = new Map<Peer, Subscriptions>();
  #dropped = 0;
  #binding!: Binding;

  private constructor(options: PublisherOptions) {
    this.#limits = limitsOf(options);
    this.#onSubscribe = options.onSubscribe ?? (() => {});
  }

  /**
   * Binds a socket to an address.
   *
   * @throws {BindError} if it is impossible to listen at the address
   */
  static async bind(options: PublisherOptions): Promise<PublisherSocket> {
    const publisher = new PublisherSocket(options);
    publisher.#binding = await Binding.listen(options, "XPUB", (peer) => publisher.#welcome(peer));
    return publisher;
  }

  get port(): number {
    return this.#binding.port;
  }

  /** The number of messages that were dropped because too many waited for a subscriber. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Sends a message to its subscribers. Never blocks.
   *
   * @param frames the message, which is copied; its first frame begins with the topic
   * @throws {TypeError} if there is no frame
   */
  publish(frames: Frames): void {
    const message = encodeMessage(frames);
    for (const [peer, subscriptions] of this.#subscribers) {
      if (subscriptions.matches(frames[0])) void this.#send(peer, message);
    }
  }

  /** Closes the socket when published messages are written, or after the linger time. */
  close(): Promise<void> {
    return this.#binding.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #send(peer: Peer, message: Uint8Array): Promise<SendOutcome> {
    const outcome = await peer.send(message);
    if (outcome === "dropped") this.#dropped += 1;
    return outcome;
  }

  #welcome(peer: Peer): PeerHandlers {
    const subscriptions = new Subscriptions(this.#limits);
    this.#subscribers.set(peer, subscriptions);
    const onSubscribe = (topic: Uint8Array) => {
      subscriptions.add(topic);
      this.#onSubscribe(topic, { send: (frames) => this.#send(peer, encodeMessage(frames)) });
    };
    const onCancel = (topic: Uint8Array) => subscriptions.cancel(topic);
    return {
      onSubscribe,
      onCancel,
      onMessage: (frames) => {
        const [first] = frames;
        if (frames.length > 1) return;
        if (first[0] === SUBSCRIBE) onSubscribe(first.subarray(1));
        if (first[0] === CANCEL) onCancel(first.subarray(1));
      },
      onClose: () => this.#subscribers.delete(peer),
    };
  }
}
