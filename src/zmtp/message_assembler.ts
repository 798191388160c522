/**
 * Assembles messages from frames, within the limits.
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import type { Frame, FrameHeader, Frames } from "./frame.ts";
import type { Limits } from "./limits.ts";

export type MessageLimits = Pick<Limits, "frameBytes" | "messageBytes" | "messageParts" | "commandBytes">;

/** Joins the frames of a message. Commands may arrive between them. */
export class MessageAssembler {
  readonly #limits: MessageLimits;
  #frames: Uint8Array[] = [];
  #bytes = 0;

  constructor(limits: MessageLimits) {
    this.#limits = limits;
  }

  /**
   * Checks the header of the next frame.
   *
   * @throws {ProtocolError} if the frame would exceed a limit
   */
  admit({ isCommand, size }: FrameHeader): void {
    const { frameBytes, messageBytes, messageParts, commandBytes } = this.#limits;
    if (isCommand) return check("a command of", size, "bytes", commandBytes);
    check("a frame of", size, "bytes", frameBytes);
    check("a message of", this.#bytes + size, "bytes", messageBytes);
    check("a message of", this.#frames.length + 1, "frames", messageParts);
  }

  /**
   * Adds the next frame of a message. It must have been admitted and must not be a command.
   *
   * @returns the message, if this was its last frame
   */
  add({ hasMore, body }: Frame): Frames | undefined {
    this.#frames.push(body);
    this.#bytes += body.length;
    if (hasMore) return undefined;
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    return frames;
  }
}

function check(what: string, amount: number, unit: string, limit: number): void {
  if (amount > limit) throw new ProtocolError(`the peer sent ${what} ${amount} ${unit}; the limit is ${limit}`);
}
