/**
 * Limits for peers. Each limit applies to one peer, except where noted. A peer that exceeds a limit is disconnected.
 *
 * A socket uses memory for at most `peers` times `receiveBytes` plus one message in progress, and for the same amount of sent messages.
 *
 * @module
 */

const MiB = 1024 * 1024;

export interface Limits {
  /** The longest body of a message's frame, in bytes. Default: 64 MiB, the largest image or buffer that programs send in one piece. */
  frameBytes: number;
  /** The longest message, in bytes: the sum of its frames' bodies. Default: 128 MiB, two frames of maximum size. */
  messageBytes: number;
  /** The maximum number of frames in a message. Default: 1,024; a message has about ten, and one for each binary buffer. */
  messageParts: number;
  /** The longest body of a command, in bytes. Default: 8 KiB; the largest standard commands contain metadata or a topic. */
  commandBytes: number;
  /** The time for greeting and READY together, in milliseconds. Default: 10 s; programs on the same machine need a few milliseconds. */
  handshakeMs: number;
  /** The maximum number of unfinished handshakes of a socket; further connections are closed. Default: 64. */
  handshakes: number;
  /** The maximum number of connected peers of a socket; further ones are refused. Default: 256, far more than the clients of one person. */
  peers: number;
  /** The maximum number of messages that wait to be received. Reading from the peer pauses at the limit. Default: 100. */
  receiveMessages: number;
  /** The size of waiting messages at which reading pauses, in bytes. Default: 16 MiB; a longer message is read if no other waits. */
  receiveBytes: number;
  /** The maximum number of messages that wait to be sent; further ones are dropped. Default: 10,000, the lines that a cell prints. */
  sendMessages: number;
  /** The maximum size of such messages, in bytes. Default: 64 MiB; a longer message is accepted if no other waits. */
  sendBytes: number;
  /** The maximum number of topics of a subscriber. Default: 1,000; clients use one, or one for each kind of message. */
  subscriptions: number;
  /** The longest topic, in bytes. Default: 1,024; topics are names and identifiers. */
  subscriptionBytes: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = {
  frameBytes: 64 * MiB,
  messageBytes: 128 * MiB,
  messageParts: 1_024,
  commandBytes: 8 * 1024,
  handshakeMs: 10_000,
  handshakes: 64,
  peers: 256,
  receiveMessages: 100,
  receiveBytes: 16 * MiB,
  sendMessages: 10_000,
  sendBytes: 64 * MiB,
  subscriptions: 1_000,
  subscriptionBytes: 1_024,
};
