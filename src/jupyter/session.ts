/**
 * A session of the Jupyter protocol: makes and signs messages, and reads messages that are signed with the same key.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import type { Frames } from "../zmtp/frame.ts";
import { type JsonObject, type JupyterMessage, type MessageHeader, PROTOCOL_VERSION } from "./message.ts";
import { SeenSignatures } from "./seen_signatures.ts";
import { Signer } from "./signer.ts";
import { MalformedMessageError, readMessage, splitMessage, writeMessage } from "./wire_format.ts";

export interface SessionOptions {
  /** The key of the connection file. */
  readonly key: string;
  /** The user's name in headers. Default: `kernel`. */
  readonly username?: string;
  /** The clock for dates in headers. Default: the system's. */
  readonly clock?: Clock;
  /** Generates the ids of the session and of messages. Default: random UUIDs. */
  readonly newId?: () => string;
  /** Called with the reason, as a clause, when a message is dropped. Use it for logging. */
  readonly onDropped?: (reason: string) => void;
}

/** The parts of a message other than its type and its content. */
export interface MessageParts {
  /** The receiver; on iopub the topic. Default: empty. */
  readonly identities?: readonly Uint8Array[];
  /** The request to which the message belongs. Default: none. */
  readonly parent?: Pick<JupyterMessage, "header">;
  /** The message's id. Default: a new one. */
  readonly id?: string;
  /** Additional information. Default: empty. */
  readonly metadata?: JsonObject;
  /** Binary data. Default: none. */
  readonly buffers?: readonly Uint8Array[];
}

/**
 * A session of version 5.4 of the protocol.
 *
 * ```ts
 * const session = new Session({ key: connection.key });
 * const request = session.read(frames);
 * if (request !== undefined) {
 *   const { identities } = request;
 *   router.send(routingId, session.write("kernel_info_reply", content, { identities, parent: request }));
 * }
 * ```
 */
export class Session {
  readonly id: string;
  readonly #username: string;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #onDropped: (reason: string) => void;
  readonly #signer: Signer;
  readonly #seen = new SeenSignatures();
  #dropped = 0;

  constructor(options: SessionOptions) {
    const { key, username = "kernel", clock = systemClock, newId = () => crypto.randomUUID(), onDropped } = options;
    this.#signer = new Signer(key);
    this.#username = username;
    this.#clock = clock;
    this.#newId = newId;
    this.#onDropped = onDropped ?? (() => {});
    this.id = newId();
  }

  /** The number of messages that were dropped because they were forged, replayed or malformed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Reads a message. Returns `undefined` for a forged, replayed or malformed one, which is dropped. */
  read(frames: Frames): JupyterMessage | undefined {
    try {
      return this.#read(frames);
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error;
      this.#dropped += 1;
      this.#onDropped(error.message);
    }
  }

  /** Makes the frames of a new message. */
  write(type: string, content: JsonObject, parts: MessageParts = {}): Frames {
    const { identities = [], parent, id = this.#newId(), metadata = {}, buffers = [] } = parts;
    const parentHeader = parent?.header ?? {};
    const message = { identities, header: this.#newHeader(type, id), parentHeader, metadata, content, buffers };
    return writeMessage(message, (dicts) => this.#signer.sign(dicts));
  }

  #read(frames: Frames): JupyterMessage {
    const split = splitMessage(frames);
    if (!this.#signer.verify(split.signature, split.dicts)) {
      throw new MalformedMessageError("its signature was not made with this kernel's key");
    }
    // Only after the signature was verified: otherwise anyone could fill the memory, which would also allow replays.
    if (!this.#seen.add(split.signature)) throw new MalformedMessageError("it has been received before");
    return readMessage(split);
  }

  #newHeader(type: string, id: string): MessageHeader {
    return {
      msg_id: id,
      msg_type: type,
      session: this.id,
      username: this.#username,
      date: this.#clock.date().toISOString(),
      version: PROTOCOL_VERSION,
    };
  }
}
