/**
 * A peer as a socket sees it, and what the socket does with it.
 *
 * @module
 */

import type { Frames } from "./frame.ts";
import type { SendOutcome } from "./outbox.ts";
import type { PeerIntroduction } from "./peer_introduction.ts";

/** A peer that has finished its handshake. */
export interface Peer {
  /** What it says of itself. */
  readonly introduction: PeerIntroduction;
  /** Sends an encoded message. */
  send(message: Uint8Array): Promise<SendOutcome>;
  /** Disconnects it; what waits for it is lost. */
  disconnect(): void;
}

/** What a socket does with a peer. What is thrown as {@linkcode ProtocolError} disconnects the peer. */
export interface PeerHandlers {
  /** A message arrived. Until a promise that is returned resolves, nothing more is read. */
  onMessage(frames: Frames): void | Promise<void>;
  /** The peer wants messages of a topic. */
  onSubscribe?(topic: Uint8Array): void;
  /** The peer wants them no longer. */
  onCancel?(topic: Uint8Array): void;
  /** The peer is gone. */
  onClose?(): void;
}
