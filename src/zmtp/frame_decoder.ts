/**
 * Decodes frames from the bytes of a connection, which may arrive in any pieces.
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import { type Frame, frameFlags, type FrameHeader } from "./frame.ts";
import { FrameBody } from "./frame_body.ts";

/** The longest header: one byte of flags, and eight bytes of size. */
const MAX_HEADER = 9;

const KNOWN_FLAGS = frameFlags.more | frameFlags.long | frameFlags.command;

/** Must not be used after an error. */
export class FrameDecoder {
  readonly #admit: (header: FrameHeader) => void;
  readonly #head = new Uint8Array(MAX_HEADER);
  #headLength = 0;
  #frame: { header: FrameHeader; body: FrameBody } | undefined;

  /** @param admit called with each header, before memory is allocated for the body; throws to refuse the frame */
  constructor(admit: (header: FrameHeader) => void) {
    this.#admit = admit;
  }

  /**
   * Decodes the next bytes. Bytes after a returned frame are decoded when the next frame is requested.
   *
   * @throws {ProtocolError} if the bytes are not a frame
   * @throws the error that `admit` throws
   */
  *decode(chunk: Uint8Array): Generator<Frame, void, void> {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#frame === undefined) {
        this.#head[this.#headLength++] = chunk[offset++];
        const header = this.#readHeader();
        if (header === undefined) continue;
        this.#admit(header);
        this.#headLength = 0;
        this.#frame = { header, body: new FrameBody(header.size) };
      }
      const { header, body } = this.#frame;
      offset += body.append(chunk.subarray(offset));
      const whole = body.whole;
      if (whole === undefined) continue;
      this.#frame = undefined;
      yield { ...header, body: whole };
    }
  }

  #readHeader(): FrameHeader | undefined {
    const [flags, shortSize] = this.#head;
    if ((flags & ~KNOWN_FLAGS) !== 0) throw new ProtocolError(`the peer sent a frame with reserved flags: ${flags}`);
    const isCommand = (flags & frameFlags.command) !== 0;
    const hasMore = (flags & frameFlags.more) !== 0;
    if (isCommand && hasMore) throw new ProtocolError("the peer sent a command in several frames");
    const isLong = (flags & frameFlags.long) !== 0;
    if (this.#headLength < (isLong ? MAX_HEADER : 2)) return undefined;
    // Above 2^53 the number is not exact, but no limit is that large.
    const size = isLong ? Number(new DataView(this.#head.buffer).getBigUint64(1)) : shortSize;
    return { isCommand, hasMore, size };
  }
}
