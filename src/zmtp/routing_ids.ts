/**
 * The names by which a ROUTER knows its peers ("identity" in RFC 28, "routing id" in libzmq).
 *
 * @module
 */

/** Makes routing ids for peers without an identity: a zero, with which no identity begins, and a number. */
export class RoutingIds {
  #next = 1;

  /** Returns an id that no peer has or has had, while there are fewer than 2^32. */
  make(): Uint8Array {
    const id = new Uint8Array(5);
    new DataView(id.buffer).setUint32(1, this.#next++);
    return id;
  }
}

/** A text for a byte string: the same for equal bytes, and a prefix of it for a prefix of them. */
export function keyOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
