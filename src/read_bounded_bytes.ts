/**
 * Reads a response's body, and no more of it than is of use: a server may send without end.
 *
 * @module
 */

/** A body, or its beginning. */
export interface BoundedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether there is more of it. */
  isCut: boolean;
}

/**
 * Reads a body up to a bound, and lets go of the connection there.
 *
 * @param response a response whose body nobody has read
 * @param maxBytes how many bytes are read at most, counted as they come out of the decompression that `content-encoding` asks for
 * @returns the bytes; of a longer body its beginning
 * @throws what the body fails with
 */
export async function readBoundedBytes({ body }: Response, maxBytes: number): Promise<BoundedBytes> {
  if (body === null) return { bytes: new Uint8Array(), isCut: false };
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  for (let left = maxBytes; left >= 0;) {
    const { value, done } = await reader.read();
    if (done) return { bytes: join(pieces), isCut: false };
    pieces.push(value.subarray(0, left));
    left -= value.length;
  }
  await reader.cancel();
  return { bytes: join(pieces), isCut: true };
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let length = 0;
  for (const piece of pieces) {
    bytes.set(piece, length);
    length += piece.length;
  }
  return bytes;
}
