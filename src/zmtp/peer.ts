/**
 * A connected peer, and the callbacks of the socket that it is connected to.
 *
 * @module
 */

import type { Frames } from "./frame.ts";
import type { SendOutcome } from "./outbox.ts";
import type { PeerIntroduction } from "./peer_introduction.ts";

/** A peer that has finished its handshake. */
export interface Peer {
  readonly introduction: PeerIntroduction;
  /** Sends an encoded message. */
  send(message: Uint8Array): Promise<SendOutcome>;
  /** Disconnects the peer. Waiting messages are lost. */
  disconnect(): void;
}

/** Callbacks of a socket. A {@linkcode ProtocolError} that they throw disconnects the peer. */
export interface PeerHandlers {
  /** A message has arrived. If a promise is returned, reading pauses until it resolves. */
  onMessage(frames: Frames): void | Promise<void>;
  onSubscribe?(topic: Uint8Array): void;
  /** The peer has cancelled a subscription. */
  onCancel?(topic: Uint8Array): void;
  onClose?(): void;
}
