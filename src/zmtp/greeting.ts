/**
 * The greeting: the 64 bytes that each side sends first (RFC 37, "Version Negotiation" and "Authentication and Confidentiality").
 *
 *     bytes 0 to 9    signature: FF, eight bytes without a meaning, 7F
 *     bytes 10, 11    version: 3, 1
 *     bytes 12 to 31  security mechanism: "NULL" and zeros
 *     byte 32         as-server: 0, without a meaning for NULL
 *     bytes 33 to 63  zeros
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";

/** The length of a greeting, in bytes. */
export const GREETING_BYTES = 64;

const SIGNATURE_START = 0xff;
const SIGNATURE_END = 0x7f;
const SIGNATURE_END_AT = 9;
const MAJOR_AT = 10;
const MINOR_AT = 11;
const MECHANISM_AT = 12;
const AS_SERVER_AT = 32;
const MAJOR = 3;
const MINOR = 1;
const MECHANISM = "NULL";

/** Encodes the greeting of a server with ZMTP 3.1 and the NULL mechanism. */
export function encodeGreeting(): Uint8Array<ArrayBuffer> {
  const greeting = new Uint8Array(GREETING_BYTES);
  greeting[0] = SIGNATURE_START;
  greeting[SIGNATURE_END_AT] = SIGNATURE_END;
  greeting[MAJOR_AT] = MAJOR;
  greeting[MINOR_AT] = MINOR;
  greeting.set(new TextEncoder().encode(MECHANISM), MECHANISM_AT);
  return greeting;
}

/** Collects and checks a peer's greeting. A peer with another protocol or version may never send all of it. */
export class GreetingDecoder {
  readonly #greeting = new Uint8Array(GREETING_BYTES);
  #length = 0;

  get isComplete(): boolean {
    return this.#length === GREETING_BYTES;
  }

  /**
   * Collects the next bytes, as many as belong to the greeting.
   *
   * @returns the number of those bytes
   * @throws {ProtocolError} as soon as the bytes cannot be the greeting of a supported peer
   */
  decode(chunk: Uint8Array): number {
    const taken = Math.min(chunk.length, GREETING_BYTES - this.#length);
    this.#greeting.set(chunk.subarray(0, taken), this.#length);
    this.#length += taken;
    this.#check();
    return taken;
  }

  #check(): void {
    const greeting = this.#greeting;
    const has = (index: number) => this.#length > index;
    if (has(0) && greeting[0] !== SIGNATURE_START) {
      throw new ProtocolError("the peer speaks ZMTP 1.0, or not ZMTP at all");
    }
    // Peers that also support ZMTP 1.0 only look at the lowest bit, which distinguishes a signature from a frame.
    if (has(SIGNATURE_END_AT) && (greeting[SIGNATURE_END_AT] & 1) === 0) {
      throw new ProtocolError("the peer speaks ZMTP 1.0");
    }
    if (has(MAJOR_AT) && greeting[MAJOR_AT] < MAJOR) throw new ProtocolError("the peer speaks ZMTP 2.0");
    if (!this.isComplete) return;
    const mechanism = new TextDecoder().decode(greeting.subarray(MECHANISM_AT, AS_SERVER_AT)).replace(/\0+$/, "");
    if (mechanism !== MECHANISM) {
      const name = /^[A-Z\d_.+-]+$/.test(mechanism) ? mechanism : "without a name";
      throw new ProtocolError(`the peer requires the security mechanism ${name}; only ${MECHANISM} is supported`);
    }
  }
}
