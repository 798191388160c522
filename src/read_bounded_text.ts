/**
 * Reads the body of a response as text up to a limit, because a server may send without end.
 *
 * @module
 */

import { readBoundedBytes } from "./read_bounded_bytes.ts";

/**
 * The limit for answers that state the reason of a failure, or a single item such as a user or an id. A gateway's error page has about
 * 100 KB.
 */
export const MAX_REASON_BYTES = 1_048_576;

/** A body or its beginning. */
export interface BoundedText {
  text: string;
  /** Whether the body is longer. */
  isCut: boolean;
}

/**
 * Reads a body up to a limit, and then closes the connection.
 *
 * @param response a response whose body was not read yet
 * @param maxBytes the limit in bytes, after decompression (`content-encoding`)
 * @returns the text, decoded as UTF-8, or the beginning of a longer one, without a partial character
 * @throws the error of the body
 */
export async function readBoundedText(response: Response, maxBytes: number): Promise<BoundedText> {
  const { bytes, isCut } = await readBoundedBytes(response, maxBytes);
  return { text: new TextDecoder().decode(bytes, { stream: isCut }), isCut };
}
