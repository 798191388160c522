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
export async function readBody(request: Request, largest: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, largest));
}

/**
 * Reads a body as bytes.
 *
 * @param request its request
 * @param largest the most that is read, in bytes; the rest is not waited for
 * @throws {BodyTooLargeError} when it is larger
 */
export async function readBytes({ body }: Request, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > largest) throw new BodyTooLargeError(largest);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
