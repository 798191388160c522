/**
 * The signature of messages: HMAC-SHA256 in hexadecimal digits, over header, parent header, metadata and content as they are sent.
 *
 * @module
 */

import { createHmac, timingSafeEqual } from "node:crypto";

/** The only scheme of signatures that there is here, as connection files name it. */
export const SIGNATURE_SCHEME = "hmac-sha256";

/** Signs with a key, and recognizes what was signed with it. */
export class Signer {
  readonly #key: string;

  /** @param key the key of the connection file; never empty */
  constructor(key: string) {
    this.#key = key;
  }

  /** Returns the signature of some frames. */
  sign(frames: readonly Uint8Array[]): Uint8Array {
    const hmac = createHmac("sha256", this.#key);
    for (const frame of frames) hmac.update(frame);
    return new TextEncoder().encode(hmac.digest("hex"));
  }

  /** Whether a signature is that of the frames; takes as long for a wrong one, wherever that differs. */
  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    const expected = this.sign(frames);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }
}
