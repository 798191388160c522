/**
 * Jupyter's messages ("Messaging in Jupyter", protocol 5.4).
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";

/** The version of the protocol that is spoken. */
export const PROTOCOL_VERSION = "5.4";

/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** A message's header. */
export interface Header extends JsonObject {
  /** The message's id, unique in its session. */
  msg_id: string;
  /** What kind of message it is: `execute_request`. */
  msg_type: string;
  /** The session of who sends it. */
  session: string;
  /** Who sends it. */
  username: string;
  /** When, in ISO 8601. */
  date: string;
  /** The sender's version of the protocol. */
  version: string;
}

/** A message. */
export interface Message {
  /** What it is, and whose. */
  header: Header;
  /** The header of the message that it answers; empty where it answers none. */
  parentHeader: Header | JsonObject;
  /** Notes beside the content. */
  metadata: JsonObject;
  /** What it says. */
  content: JsonObject;
  /** Binary data beside it. */
  buffers: readonly Uint8Array[];
}

/** A message as it arrived. */
export interface ReceivedMessage extends Message {
  /** The frames in front of the delimiter, behind the routing id; an answer repeats them. */
  identities: readonly Uint8Array[];
}

/** Makes the messages of one sender. */
export class MessageMaker {
  /** The sender's session. */
  readonly session: string;
  readonly #username: string;
  readonly #date: () => Date;
  #number = 0;

  /**
   * @param options the sender's name, and what tells the time
   */
  constructor({ username = "kernel", date = () => new Date() }: { username?: string; date?: () => Date } = {}) {
    this.session = crypto.randomUUID();
    this.#username = username;
    this.#date = date;
  }

  /** Makes a message. */
  make(
    type: string,
    content: JsonObject,
    { parent, metadata = {} }: { parent?: Header; metadata?: JsonObject } = {},
  ): Message {
    const header: Header = {
      msg_id: `${this.session}_${this.#number++}`,
      msg_type: type,
      session: this.session,
      username: this.#username,
      date: this.#date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    return { header, parentHeader: parent ?? {}, metadata, content, buffers: [] };
  }
}
