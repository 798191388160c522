/**
 * Reads a request's body up to a size.
 *
 * @module
 */

/** A body exceeds the limit. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";

  constructor(largest: number) {
    super(`the request is larger than ${largest} bytes`);
  }
}

/**
 * Reads a body as text.
 *
 * @param largest the limit, in bytes; reading stops there
 * @throws {BodyTooLargeError} if the body is larger
 */
export async function readBody(request: Request, largest: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, largest));
}

/**
 * Reads a body as bytes.
 *
 * @param largest the limit, in bytes; reading stops there
 * @throws {BodyTooLargeError} if the body is larger
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
