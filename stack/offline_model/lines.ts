/**
 * Cuts a stream of bytes into lines, in the batches in which they arrive.
 *
 * @module
 */

/**
 * Yields the complete lines of each chunk that has any, without their newlines. Text after the last newline is
 * discarded.
 *
 * @param bytes UTF-8 text; the stream is cancelled when the caller stops early
 */
export async function* lineBatches(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string[], void, void> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of bytes) {
    const [first, ...others] = decoder.decode(chunk, { stream: true }).split("\n");
    rest.push(first);
    if (others.length === 0) continue;
    const lines = [rest.join(""), ...others];
    rest = [lines.pop()!];
    yield lines;
  }
}
