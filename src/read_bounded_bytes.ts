/**
 * Reads the body of a response up to a limit, because a server may send without end.
 *
 * @module
 */

import { joinBytes } from "./join_bytes.ts";

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
    if (done) return { bytes: joinBytes(pieces), isCut: false };
    pieces.push(value.subarray(0, left));
    left -= value.length;
  }
  await reader.cancel();
  return { bytes: joinBytes(pieces), isCut: true };
}
