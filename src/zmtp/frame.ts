/**
 * Frames: flags, size and body (RFC 37, "Framing").
 *
 * @module
 */

/** The bits of a frame's first byte. */
export const frameFlags = {
  /** Another frame of the same message follows. */
  more: 0b001,
  /** The size has eight bytes instead of one. */
  long: 0b010,
  /** The frame is a command. */
  command: 0b100,
} as const;

/** The longest body whose size is written in one byte. */
const MAX_SHORT = 255;

/** The information about a frame that precedes its body. */
export interface FrameHeader {
  /** Whether it is a command; otherwise it is part of a message. */
  readonly isCommand: boolean;
  /** Whether another frame of the same message follows. */
  readonly hasMore: boolean;
  /** The length of the body, in bytes. */
  readonly size: number;
}

export interface Frame extends FrameHeader {
  readonly body: Uint8Array;
}

/** A message's frames, in order; at least one. */
export type Frames = readonly Uint8Array[];

/** Returns the sum of the frames' lengths, in bytes. */
export function byteLengthOf(frames: Frames): number {
  return frames.reduce((sum, { length }) => sum + length, 0);
}

/**
 * Encodes a message as one piece, so that nothing can be sent between its frames.
 *
 * @throws {TypeError} if there is no frame
 */
export function encodeMessage(frames: Frames): Uint8Array<ArrayBuffer> {
  if (frames.length === 0) {
    throw new TypeError("A message needs at least one frame; an empty message is one empty frame.");
  }
  const last = frames.length - 1;
  return encode(frames.map((body, index) => ({ flags: index < last ? frameFlags.more : 0, body })));
}

/** Encodes a command's body as a frame. */
export function encodeCommandFrame(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode([{ flags: frameFlags.command, body }]);
}

function encode(parts: readonly { flags: number; body: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { body }) => sum + headerLength(body) + body.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const { flags, body } of parts) {
    const isLong = body.length > MAX_SHORT;
    bytes[offset] = isLong ? flags | frameFlags.long : flags;
    if (isLong) view.setBigUint64(offset + 1, BigInt(body.length));
    else bytes[offset + 1] = body.length;
    offset += headerLength(body);
    bytes.set(body, offset);
    offset += body.length;
  }
  return bytes;
}

function headerLength(body: Uint8Array): number {
  return body.length > MAX_SHORT ? 9 : 2;
}
