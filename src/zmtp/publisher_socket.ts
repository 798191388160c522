/**
 * An XPUB socket that listens (RFC 29).
 *
 * @module
 */

import { Binding, type BindOptions, limitsOf } from "./binding.ts";
import { encodeMessage, type Frames } from "./frame.ts";
import type { Limits } from "./limits.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";
import { Subscriptions } from "./subscriptions.ts";

/** The first byte of a message that is a subscription, as peers of ZMTP 3.0 send it (RFC 23). */
const SUBSCRIBE = 1;
const CANCEL = 0;

/** The subscriber that has just subscribed. */
export interface Subscriber {
  /**
   * Sends a message to this subscriber alone. libzmq shows it to its program only if one of the subscriber's topics matches.
   *
   * @throws {TypeError} when there is no frame
   */
  send(frames: Frames): Promise<SendOutcome>;
}

/** How a publisher is bound. */
export interface PublisherOptions extends BindOptions {
  /** Called for each subscription of each peer, after which the peer gets what is published under the topic. Must not throw. */
  readonly onSubscribe?: (topic: Uint8Array, subscriber: Subscriber) => void;
}

/**
 * An XPUB socket: sends each message to the peers that have subscribed to its topic, the beginning of its first frame. Peers are SUB and
 * XSUB. What they send besides subscriptions is thrown away.
 *
 * A subscriber that does not read loses the newest messages, whole, as soon as {@linkcode Limits.sendMessages} or
 * {@linkcode Limits.sendBytes} of them wait for it. Others lose none, and nobody waits.
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
   * @throws {BindError} when the address cannot be listened on
   */
  static async bind(options: PublisherOptions): Promise<PublisherSocket> {
    const publisher = new PublisherSocket(options);
    publisher.#binding = await Binding.listen(options, "XPUB", (peer) => publisher.#welcome(peer));
    return publisher;
  }

  /** The port that is listened on. */
  get port(): number {
    return this.#binding.port;
  }

  /** How many messages were not sent to a subscriber because too many waited for it. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Sends a message to whom it concerns. Never waits.
   *
   * @param frames the message, which is copied; its first frame begins with the topic
   * @throws {TypeError} when there is no frame
   */
  publish(frames: Frames): void {
    const message = encodeMessage(frames);
    for (const [peer, subscriptions] of this.#subscribers) {
      if (subscriptions.matches(frames[0])) void this.#send(peer, message);
    }
  }

  /** Ends everything, once what was published is written or the linger time is over. */
  close(): Promise<void> {
    return this.#binding.close();
  }

  /** The same as {@linkcode PublisherSocket.close}. */
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
