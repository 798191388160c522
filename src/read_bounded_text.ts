/**
 * Reads a response's body as text, and no more of it than is of use: a server may send without end.
 *
 * @module
 */

import { readBoundedBytes } from "./read_bounded_bytes.ts";

/**
 * The most bytes that are read of an answer that says why something failed, or one thing of ours: a user, an id. A web page of a
 * gateway has some 100 KB.
 */
export const MAX_REASON_BYTES = 1_048_576;

/** A body, or its beginning. */
export interface BoundedText {
  text: string;
  /** Whether there is more of it. */
  isCut: boolean;
}

/**
 * Reads a body up to a bound, and lets go of the connection there.
 *
 * @param response a response whose body nobody has read
 * @param maxBytes how many bytes are read at most, counted as they come out of the decompression that `content-encoding` asks for
 * @returns the text, in UTF-8; of a longer body its beginning, without half a character
 * @throws what the body fails with
 */
export async function readBoundedText(response: Response, maxBytes: number): Promise<BoundedText> {
  const { bytes, isCut } = await readBoundedBytes(response, maxBytes);
  return { text: new TextDecoder().decode(bytes, { stream: isCut }), isCut };
}
