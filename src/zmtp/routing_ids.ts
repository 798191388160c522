/**
 * The ids by which a ROUTER addresses its peers ("identity" in RFC 28, "routing id" in libzmq).
 *
 * @module
 */

/** Generates routing ids for peers without identity: a zero byte, with which no identity begins, and a number. */
export class RoutingIds {
  #next = 1;

  /** Returns an id that was not used before, for up to 2^32 peers. */
  make(): Uint8Array {
    const id = new Uint8Array(5);
    new DataView(id.buffer).setUint32(1, this.#next++);
    return id;
  }
}

/** Converts a byte string to text. Equal bytes give equal texts, and a prefix of the bytes gives a prefix of the text. */
export function keyOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
