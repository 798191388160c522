/**
 * Who a peer says it is, and whether a socket speaks to such a one (RFC 37, "Connection Metadata").
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import { type Metadata, propertyNames } from "./metadata.ts";

/** The types of sockets that there are here, and the types of peers that each may speak to. */
const peersOf = {
  ROUTER: ["REQ", "DEALER", "ROUTER"],
  XPUB: ["SUB", "XSUB"],
  REP: ["REQ", "DEALER"],
} as const;

/** The type of a socket. */
export type SocketType = keyof typeof peersOf;

/** The longest identity, in bytes. */
const MAX_IDENTITY = 255;

/** What a peer says of itself. */
export interface PeerIntroduction {
  /** The type of its socket: `DEALER`. */
  readonly socketType: string;
  /** Its identity; empty where it has none, or where it has no meaning. */
  readonly identity: Uint8Array;
}

/**
 * Reads a peer's metadata.
 *
 * @param ours the type of the socket that it speaks to
 * @throws {ProtocolError} when the peer's type does not go with ours, or a ROUTER cannot use its identity
 */
export function readIntroduction(metadata: Metadata, ours: SocketType): PeerIntroduction {
  const socketType = new TextDecoder().decode(metadata.get(propertyNames.socketType.toLowerCase()));
  const accepted: readonly string[] = peersOf[ours];
  if (!accepted.includes(socketType)) {
    const theirs = /^[A-Z]{1,16}$/.test(socketType) ? `a ${socketType}` : "a socket of unknown type";
    throw new ProtocolError(`${theirs} cannot connect to a ${ours}; it takes ${accepted.join(", ")}`);
  }
  const identity = metadata.get(propertyNames.identity.toLowerCase());
  if (ours !== "ROUTER" || identity === undefined) return { socketType, identity: new Uint8Array() };
  if (identity.length > MAX_IDENTITY) {
    throw new ProtocolError(`the identity has ${identity.length} bytes; at most ${MAX_IDENTITY} are allowed`);
  }
  if (identity[0] === 0) throw new ProtocolError("the identity begins with a zero, which is reserved");
  return { socketType, identity };
}

/** The metadata of a socket of ours. */
export function introduce(ours: SocketType): Metadata {
  return new Map([[propertyNames.socketType, new TextEncoder().encode(ours)]]);
}
