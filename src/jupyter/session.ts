/**
 * One side of a conversation in Jupyter's protocol: makes messages, signs them, and reads those that are signed with the same key.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import type { Frames } from "../zmtp/frame.ts";
import { type JsonObject, type JupyterMessage, type MessageHeader, PROTOCOL_VERSION } from "./message.ts";
import { SeenSignatures } from "./seen_signatures.ts";
import { Signer } from "./signer.ts";
import { MalformedMessageError, readMessage, splitMessage, writeMessage } from "./wire_format.ts";

/** How a session is made. */
export interface SessionOptions {
  /** The key of the connection file. */
  readonly key: string;
  /** The user's name in headers. Default: `kernel`. */
  readonly username?: string;
  /** Tells the time. Default: the machine's clock. */
  readonly clock?: Clock;
  /** Makes ids of the session and of messages. Default: random UUIDs. */
  readonly newId?: () => string;
  /** Called with the reason when a message is dropped, as a clause: something to log. */
  readonly onDropped?: (reason: string) => void;
}

/** What a message has besides its type and its content. */
export interface MessageParts {
  /** Whom it goes to; on iopub its topic. Default: nobody. */
  readonly identities?: readonly Uint8Array[];
  /** The request that it belongs to. Default: none. */
  readonly parent?: Pick<JupyterMessage, "header">;
  /** The message's id. Default: a new one. */
  readonly id?: string;
  /** Default: none. */
  readonly metadata?: JsonObject;
  /** Default: none. */
  readonly buffers?: readonly Uint8Array[];
}

/**
 * A session of the protocol 5.4.
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
  /** The session's id. */
  readonly id: string;
  readonly #username: string;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #onDropped: (reason: string) => void;
  readonly #signer: Signer;
  readonly #seen = new SeenSignatures();
  #dropped = 0;

  /** Begins a session. */
  constructor(options: SessionOptions) {
    const { key, username = "kernel", clock = systemClock, newId = () => crypto.randomUUID(), onDropped } = options;
    this.#signer = new Signer(key);
    this.#username = username;
    this.#clock = clock;
    this.#newId = newId;
    this.#onDropped = onDropped ?? (() => {});
    this.id = newId();
  }

  /** How many messages were dropped because they were forged, replayed or malformed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Reads a message; `undefined` for one that is dropped because it is forged, replayed or malformed. */
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
      throw new MalformedMessageError("its signature is not one of this kernel's key");
    }
    // After the signature: otherwise others could fill the memory, and so make room for a replay.
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
