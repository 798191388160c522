/**
 * Messages as frames: identities, a delimiter, a signature, four dictionaries and buffers ("The Wire Protocol" in Jupyter's docs).
 *
 * @module
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import { isJson, isPlainObject, withFiniteNumbers } from "../../media/json_value.ts";
import type { Header, JsonObject, Message, ReceivedMessage } from "./message.ts";

/** What stands between the identities and the message. */
const DELIMITER = new TextEncoder().encode("<IDS|MSG>");

/** The parts that are signed: header, parent header, metadata, content. */
const SIGNED_PARTS = 4;

/** How many signatures are remembered, so that a message that was overheard cannot be sent again; as many as jupyter_client keeps. */
const REMEMBERED_SIGNATURES = 65_536;

/** A message that must not be obeyed: forged, sent twice, or not a message at all. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
}

/** Encodes and decodes the messages of one connection file. */
export class MessageCodec {
  readonly #key: string;
  readonly #seen = new Set<string>();

  /** @param key the key of the connection file; empty where messages are not signed */
  constructor(key: string) {
    this.#key = key;
  }

  /**
   * Encodes a message.
   *
   * @param identities the frames that an answer repeats, or the topic of what is published
   */
  encode(message: Message, identities: readonly Uint8Array[] = []): Uint8Array[] {
    const { header, parentHeader, metadata, content, buffers } = message;
    const parts = [header, parentHeader, metadata, content].map((part) =>
      new TextEncoder().encode(JSON.stringify(part))
    );
    const signature = new TextEncoder().encode(this.#sign(parts));
    return [...identities, DELIMITER, signature, ...parts, ...buffers];
  }

  /**
   * Decodes a message.
   *
   * @throws {InvalidMessageError} it is forged, was sent before, or is not a message
   */
  decode(frames: readonly Uint8Array[]): ReceivedMessage {
    const delimiter = frames.findIndex(isDelimiter);
    const signed = frames.slice(delimiter + 2, delimiter + 2 + SIGNED_PARTS);
    if (delimiter === -1 || signed.length < SIGNED_PARTS) throw new InvalidMessageError("it lacks frames");
    this.#check(frames[delimiter + 1], signed);
    const [header, parentHeader, metadata, content] = signed.map(parseObject);
    if (!isHeader(header)) throw new InvalidMessageError("its header lacks an id, a type or a session");
    return {
      identities: frames.slice(0, delimiter),
      header,
      parentHeader,
      metadata,
      content,
      buffers: frames.slice(delimiter + 2 + SIGNED_PARTS),
    };
  }

  #sign(parts: readonly Uint8Array[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #check(signature: Uint8Array, parts: readonly Uint8Array[]): void {
    if (this.#key === "") return;
    const expected = this.#sign(parts);
    const bytes = new TextEncoder().encode(expected);
    if (bytes.length !== signature.length || !timingSafeEqual(bytes, signature)) {
      throw new InvalidMessageError("its signature is wrong");
    }
    if (this.#seen.has(expected)) throw new InvalidMessageError("it was received before");
    this.#seen.add(expected);
    if (this.#seen.size > REMEMBERED_SIGNATURES) {
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    }
  }
}

function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length && frame.every((byte, index) => byte === DELIMITER[index]);
}

function parseObject(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = withFiniteNumbers(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw new InvalidMessageError("a part of it is not JSON", { cause });
  }
  if (isPlainObject(value) && isJson(value)) return value as JsonObject;
  throw new InvalidMessageError("a part of it is not a JSON object");
}

function isHeader(header: JsonObject): header is Header {
  return ["msg_id", "msg_type", "session"].every((name) => typeof header[name] === "string");
}
