/**
 * A listening REP socket (RFC 28).
 *
 * @module
 */

import { Binding, type BindOptions, limitsOf } from "./binding.ts";
import { ProtocolError } from "./errors.ts";
import { FairQueue, type QueueLimits } from "./fair_queue.ts";
import { byteLengthOf, encodeMessage, type Frames } from "./frame.ts";
import type { SendOutcome } from "./outbox.ts";
import type { Peer, PeerHandlers } from "./peer.ts";

export interface ReplyRequest {
  readonly frames: Frames;
  /**
   * Sends the reply. It need not be awaited: the next request can be received immediately.
   *
   * @throws {Error} if the request was already answered
   * @throws {TypeError} if there is no frame
   */
  reply(frames: Frames): Promise<SendOutcome>;
}

/** A request with the address envelope for its reply. */
interface Received {
  readonly peer: Peer;
  readonly envelope: Frames;
  readonly frames: Frames;
}

/**
 * A REP socket: receives requests from all peers in turns, and answers each one before it receives the next. Peers are REQ and DEALER.
 *
 * ```ts
 * await using heartbeat = await ReplySocket.bind({ hostname: "127.0.0.1", port: 0 });
 * for await (const { frames, reply } of heartbeat) reply(frames);
 * ```
 */
export class ReplySocket implements AsyncIterable<ReplyRequest>, AsyncDisposable {
  readonly #requests: FairQueue<Received>;
  #isAnswered = true;
  #binding!: Binding;

  private constructor(limits: QueueLimits) {
    this.#requests = new FairQueue(limits);
  }

  /**
   * Binds a socket to an address.
   *
   * @throws {BindError} if it is impossible to listen at the address
   */
  static async bind(options: BindOptions): Promise<ReplySocket> {
    const socket = new ReplySocket(limitsOf(options));
    socket.#binding = await Binding.listen(options, "REP", (peer) => socket.#welcome(peer));
    return socket;
  }

  get port(): number {
    return this.#binding.port;
  }

  /**
   * Receives requests until the socket is closed.
   *
   * @throws {Error} if the next request is requested before the last one was answered
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ReplyRequest, void, void> {
    for (;;) {
      if (!this.#isAnswered) throw new Error("A REP socket must answer a request before it receives the next one.");
      const received = await this.#requests.take();
      if (received === undefined) return;
      this.#isAnswered = false;
      yield this.#requestOf(received);
    }
  }

  /** Closes the socket when replies are written, or after the linger time. Requests that were not received are lost. */
  close(): Promise<void> {
    this.#requests.close();
    return this.#binding.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #requestOf({ peer, envelope, frames }: Received): ReplyRequest {
    let isAnswered = false;
    const reply = (answer: Frames) => {
      if (isAnswered) throw new Error("A request can be answered only once.");
      if (answer.length === 0) throw new TypeError("A reply needs at least one frame.");
      isAnswered = true;
      this.#isAnswered = true;
      return peer.send(encodeMessage([...envelope, ...answer]));
    };
    return { frames, reply };
  }

  #welcome(peer: Peer): PeerHandlers {
    return {
      onMessage: (message) => {
        const end = message.findIndex(({ length }) => length === 0) + 1;
        if (end === 0 || end === message.length) {
          throw new ProtocolError("the peer sent a request without an empty delimiter frame and a frame after it");
        }
        const [envelope, frames] = [message.slice(0, end), message.slice(end)];
        return this.#requests.put(peer, { peer, envelope, frames }, byteLengthOf(message));
      },
    };
  }
}
