/**
 * The signature of messages: HMAC-SHA256 in hexadecimal digits, over header, parent header, metadata and content as sent.
 *
 * @module
 */

import { createHmac, timingSafeEqual } from "node:crypto";

/** The only supported signature scheme, as connection files name it. */
export const SIGNATURE_SCHEME = "hmac-sha256";

export class Signer {
  readonly #key: string;

  /** @param key the key of the connection file; not empty */
  constructor(key: string) {
    this.#key = key;
  }

  sign(frames: readonly Uint8Array[]): Uint8Array {
    const hmac = createHmac("sha256", this.#key);
    for (const frame of frames) hmac.update(frame);
    return new TextEncoder().encode(hmac.digest("hex"));
  }

  /** Whether a signature is correct for the frames. The time does not depend on where a wrong signature differs. */
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    const expected = this.sign(frames);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
}
