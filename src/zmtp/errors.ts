/**
 * Errors of peers and addresses.
 *
 * @module
 */

/** A peer has violated the protocol or a limit. It is disconnected; other peers are not affected. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** The reason why a socket cannot listen. */
export type BindErrorKind =
  /** The transport is not tcp. */
  | "unsupported_transport"
  /** The host or the port is not usable. */
  | "invalid_address"
  /** Another socket listens there. */
  | "address_in_use"
  /** Deno's permissions or the operating system forbid it. */
  | "not_permitted"
  /** Another reason; see the cause. */
  | "failed";

/** A socket cannot listen at the requested address. */
export class BindError extends Error {
  override readonly name = "BindError";
  readonly kind: BindErrorKind;

  /** @param message the problem, and how to fix it */
  constructor(kind: BindErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
