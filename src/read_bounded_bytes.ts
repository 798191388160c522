/**
 * Reads the body of a response up to a limit, because a server may send without end.
 *
 * @module
 */

/** A body or its beginning. */
export interface BoundedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether the body is longer. */
  isCut: boolean;
}

/**
 * Reads a body up to a limit, and then closes the connection.
 *
 * @param response a response whose body was not read yet
 * @param maxBytes the limit in bytes, after decompression (`content-encoding`)
 * @returns the bytes, or the beginning of a longer body
 * @throws the error of the body
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
