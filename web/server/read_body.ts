/**
 * Reads a request's body, as far as it is not too large.
 *
 * @module
 */

/** A body is larger than what is read. */
export class BodyTooLargeError extends Error {
  /** The class's name. */
  override readonly name = "BodyTooLargeError";

  /** @param largest the most that is read, in bytes */
  constructor(largest: number) {
    super(`the request is larger than ${largest} bytes`);
  }
}

/**
 * Reads a body as text.
 *
 * @param request its request
 * @param largest the most that is read, in bytes; the rest is not waited for
 * @throws {BodyTooLargeError} when it is larger
 */
export async function readBody({ body }: Request, largest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > largest) throw new BodyTooLargeError(largest);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
