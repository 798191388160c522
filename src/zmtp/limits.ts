/**
 * What a peer may cost. Each limit is per peer unless it says otherwise; a peer that exceeds one is disconnected.
 *
 * A socket holds at most `peers` times `receiveBytes` and a message under way, and as much again of what it sends.
 *
 * @module
 */

const MiB = 1024 * 1024;

/** The limits of a socket. */
export interface Limits {
  /** The longest body of a message's frame, in bytes. Default: 64 MiB, the largest picture or buffer that a program sends in one piece. */
  frameBytes: number;
  /** The longest message, in bytes: the sum of its frames' bodies. Default: 128 MiB, two of the longest frames. */
  messageBytes: number;
  /** The most frames of a message. Default: 1,024; a message has about ten, and one for each binary buffer. */
  messageParts: number;
  /** The longest body of a command, in bytes. Default: 8 KiB; the largest that are defined carry metadata or a topic. */
  commandBytes: number;
  /** The time for greeting and READY together, in milliseconds. Default: 10 s; programs on the same machine need some milliseconds. */
  handshakeMs: number;
  /** The most connections of a socket that have not finished their handshake; further ones are closed. Default: 64. */
  handshakes: number;
  /** The most connections of a socket that have finished it; further ones are refused. Default: 256, far more than the clients of one person. */
  peers: number;
  /** The most messages that wait until they are received; then no more is read from the peer. Default: 100. */
  receiveMessages: number;
  /** The bytes of such messages from which on no more is read. Default: 16 MiB; a longer message is read when no other waits. */
  receiveBytes: number;
  /** The most messages that wait until the peer reads them; further ones are dropped. Default: 10,000, the lines that a cell prints. */
  sendMessages: number;
  /** The most bytes that wait so. Default: 64 MiB; a longer message is taken when no other waits. */
  sendBytes: number;
  /** The most different topics that a subscriber may ask for. Default: 1,000; clients ask for one, or for one per kind of message. */
  subscriptions: number;
  /** The longest topic, in bytes. Default: 1,024; topics are names and identifiers. */
  subscriptionBytes: number;
}

/** The limits that hold where none are given. */
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
