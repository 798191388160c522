/**
 * What can go wrong with a peer, and what can go wrong with an address.
 *
 * @module
 */

/** A peer broke the protocol or a limit. It is disconnected; the other peers are not disturbed. */
export class ProtocolError extends Error {
  /** The class's name. */
  override readonly name = "ProtocolError";
}

/** Why a socket cannot listen. */
export type BindErrorKind =
  /** The transport is not tcp. */
  | "unsupported_transport"
  /** The host or the port is not one that can be listened on. */
  | "invalid_address"
  /** Another socket listens there. */
  | "address_in_use"
  /** Deno's permissions or the operating system forbid it. */
  | "not_permitted"
  /** Anything else; the cause says what. */
  | "failed";

/** A socket cannot listen at the address that was asked for. */
export class BindError extends Error {
  /** The class's name. */
  override readonly name = "BindError";
  /** Why it cannot. */
  readonly kind: BindErrorKind;

  /**
   * Makes the error.
   *
   * @param kind why the socket cannot listen
   * @param message what was wrong, and how to mend it
   * @param options the cause
   */
  constructor(kind: BindErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
