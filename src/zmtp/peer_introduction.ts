/**
 * The type and the identity of a peer, and whether a socket can communicate with it (RFC 37, "Connection Metadata").
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import { type Metadata, propertyNames } from "./metadata.ts";

/** The supported types of sockets, and the types of peers that each may communicate with. */
const peersOf = {
  ROUTER: ["REQ", "DEALER", "ROUTER"],
  XPUB: ["SUB", "XSUB"],
  REP: ["REQ", "DEALER"],
} as const;

export type SocketType = keyof typeof peersOf;

/** The longest identity, in bytes. */
const MAX_IDENTITY = 255;

export interface PeerIntroduction {
  /** The type of the peer's socket: `DEALER`. */
  readonly socketType: string;
  /** The peer's identity; empty if it has none, or if the socket does not use it. */
  readonly identity: Uint8Array;
}

/**
 * Reads a peer's metadata.
 *
 * @param ours the type of the socket that the peer has connected to
 * @throws {ProtocolError} if the two types are incompatible, or the identity is not valid for a ROUTER
 */
export function readIntroduction(metadata: Metadata, ours: SocketType): PeerIntroduction {
  const socketType = new TextDecoder().decode(metadata.get(propertyNames.socketType.toLowerCase()));
  const accepted: readonly string[] = peersOf[ours];
  if (!accepted.includes(socketType)) {
    const theirs = /^[A-Z]{1,16}$/.test(socketType) ? `a ${socketType}` : "a socket of unknown type";
    throw new ProtocolError(`${theirs} cannot connect to a ${ours}; it accepts ${accepted.join(", ")}`);
  }
  const identity = metadata.get(propertyNames.identity.toLowerCase());
  if (ours !== "ROUTER" || identity === undefined) return { socketType, identity: new Uint8Array() };
  if (identity.length > MAX_IDENTITY) {
    throw new ProtocolError(`the identity has ${identity.length} bytes; the limit is ${MAX_IDENTITY}`);
  }
  if (identity[0] === 0) throw new ProtocolError("the identity begins with a zero, which is reserved");
  return { socketType, identity };
}

/** The metadata of our socket. */
export function introduce(ours: SocketType): Metadata {
  return new Map([[propertyNames.socketType, new TextEncoder().encode(ours)]]);
}
