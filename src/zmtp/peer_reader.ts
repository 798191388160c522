/**
 * Decodes a peer's bytes: greeting, READY, then messages and commands. Reads and checks, but sends nothing.
 *
 * @module
 */

import { decodeCommand, decodeError, decodePing, type Ping } from "./command.ts";
import { ProtocolError } from "./errors.ts";
import type { Frame, Frames } from "./frame.ts";
import { FrameDecoder } from "./frame_decoder.ts";
import { GreetingDecoder } from "./greeting.ts";
import { MessageAssembler, type MessageLimits } from "./message_assembler.ts";
import { decodeMetadata, type Metadata } from "./metadata.ts";

export type PeerEvent =
  | { readonly type: "greeted" }
  | { readonly type: "ready"; readonly metadata: Metadata }
  | { readonly type: "message"; readonly frames: Frames }
  | { readonly type: "subscribe" | "cancel"; readonly topic: Uint8Array }
  | { readonly type: "ping"; readonly ping: Ping };

/** Must not be used after an error. */
export class PeerReader {
  readonly #greeting = new GreetingDecoder();
  readonly #frames: FrameDecoder;
  readonly #messages: MessageAssembler;
  #isReady = false;

  constructor(limits: MessageLimits) {
    this.#messages = new MessageAssembler(limits);
    this.#frames = new FrameDecoder((header) => {
      if (!header.isCommand && !this.#isReady) throw new ProtocolError("the peer sent a message before READY");
      this.#messages.admit(header);
    });
  }

  /**
   * Reads the next bytes. Bytes after an event are read when the next event is requested.
   *
   * @throws {ProtocolError} if the peer violates the protocol or a limit
   */
  *read(chunk: Uint8Array): Generator<PeerEvent, void, void> {
    let rest = chunk;
    if (!this.#greeting.isComplete) {
      rest = chunk.subarray(this.#greeting.decode(chunk));
      if (this.#greeting.isComplete) yield { type: "greeted" };
    }
    for (const frame of this.#frames.decode(rest)) {
      const event = frame.isCommand ? this.#readCommand(frame) : this.#readPart(frame);
      if (event !== undefined) yield event;
    }
  }

  #readPart(frame: Frame): PeerEvent | undefined {
    const frames = this.#messages.add(frame);
    return frames && { type: "message", frames };
  }

  #readCommand({ body }: Frame): PeerEvent | undefined {
    const { name, data } = decodeCommand(body);
    if (name === "ERROR") throw new ProtocolError(`the peer refused: ${decodeError(data)}`);
    if ((name === "READY") === this.#isReady) throw new ProtocolError(`the peer sent the command ${name} out of turn`);
    switch (name) {
      case "READY":
        this.#isReady = true;
        return { type: "ready", metadata: decodeMetadata(data) };
      case "PING":
        return { type: "ping", ping: decodePing(data) };
      case "SUBSCRIBE":
        return { type: "subscribe", topic: data };
      case "CANCEL":
        return { type: "cancel", topic: data };
      default: // PONG is a sign of life and nothing more; a command of a later version must not break the connection.
        return undefined;
    }
  }
}
