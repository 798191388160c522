/**
 * The frames of a message (jupyter_client's documentation, "The Wire Protocol"):
 *
 *     identities, "<IDS|MSG>", signature, header, parent header, metadata, content, buffers
 *
 * @module
 */

import { isJson, isPlainObject } from "../media/json_value.ts";
import type { Frames } from "../zmtp/frame.ts";
import type { JsonObject, JupyterMessage, MessageHeader } from "./message.ts";

/** The frame between the identities and the message. */
const DELIMITER = new TextEncoder().encode("<IDS|MSG>");

const KiB = 1024;

/** The longest dictionaries that are accepted, in bytes of JSON. */
export const MAX_DICT_BYTES = {
  /** Six short fields, and additions of the client. */
  header: 64 * KiB,
  /** The header of another message. */
  "parent header": 64 * KiB,
  /** Data about cells and front ends, some hundred bytes. */
  metadata: 1024 * KiB,
  /** A cell's code is some KiB; a paste of data may be some MiB. */
  content: 16 * 1024 * KiB,
} as const;

/** The names of the dictionaries, in the order in which they are sent. */
const dictNames = ["header", "parent header", "metadata", "content"] as const;

/** A message cannot be read. The error's message is a clause with the reason. */
export class MalformedMessageError extends Error {
  override readonly name = "MalformedMessageError";
}

/** The frames of a message by their meaning. The dictionaries are not decoded yet. */
export interface SplitMessage {
  /** The frames before the delimiter. */
  readonly identities: Frames;
  /** The frame after the delimiter. */
  readonly signature: Uint8Array;
  /** Header, parent header, metadata and content, which are signed. */
  readonly dicts: Frames;
  /** The remaining frames. */
  readonly buffers: Frames;
}

/**
 * Assigns the frames of a message to their meaning.
 *
 * @throws {MalformedMessageError} if frames are missing
 */
export function splitMessage(frames: Frames): SplitMessage {
  const at = frames.findIndex((frame) => isDelimiter(frame));
  if (at === -1) throw new MalformedMessageError("it has no delimiter <IDS|MSG>");
  const [signature, ...rest] = frames.slice(at + 1);
  if (rest.length < dictNames.length) throw new MalformedMessageError("it ends before its content");
  return {
    identities: frames.slice(0, at),
    signature,
    dicts: rest.slice(0, dictNames.length),
    buffers: rest.slice(dictNames.length),
  };
}

/**
 * Decodes the dictionaries of a message. The signature must have been verified.
 *
 * @throws {MalformedMessageError} if a dictionary is too long or not a JSON object, or if the header lacks a required field
 */
export function readMessage({ identities, dicts, buffers }: SplitMessage): JupyterMessage {
  const [header, parentHeader, metadata, content] = dictNames.map((name, index) => readDict(name, dicts[index]));
  if (!isHeader(header)) throw new MalformedMessageError("its header lacks msg_id or msg_type");
  return { identities, header, parentHeader: isHeader(parentHeader) ? parentHeader : {}, metadata, content, buffers };
}

/**
 * Makes the frames of a message.
 *
 * @param sign returns the signature of frames
 */
export function writeMessage(message: JupyterMessage, sign: (frames: Frames) => Uint8Array): Frames {
  const { identities, header, parentHeader, metadata, content, buffers } = message;
  const dicts = [header, parentHeader, metadata, content].map((dict) => new TextEncoder().encode(JSON.stringify(dict)));
  return [...identities, DELIMITER, sign(dicts), ...dicts, ...buffers];
}

function readDict(name: typeof dictNames[number], bytes: Uint8Array): JsonObject {
  const limit = MAX_DICT_BYTES[name];
  if (bytes.length > limit) {
    throw new MalformedMessageError(`its ${name} has ${bytes.length} bytes; the limit is ${limit}`);
  }
  const value = parseJson(bytes);
  if (!isPlainObject(value) || !isJson(value)) throw new MalformedMessageError(`its ${name} is not a JSON object`);
  return value as JsonObject;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isHeader(dict: JsonObject): dict is MessageHeader {
  return typeof dict.msg_id === "string" && typeof dict.msg_type === "string";
}

function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length && frame.every((byte, index) => byte === DELIMITER[index]);
}
