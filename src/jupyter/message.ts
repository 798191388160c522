/**
 * A message of Jupyter's protocol, as a program sees it (jupyter_client's documentation, "Messaging in Jupyter").
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** The version of the protocol that is spoken. */
export const PROTOCOL_VERSION = "5.4";

/** A dictionary of JSON. */
export type JsonObject = { [key: string]: JsonValue };

/**
 * What identifies a message. Besides its id and its type there are `session`, `username`, `date` and `version`, but not every client
 * sends them all, and some add others; a reply repeats what there is as its parent.
 */
export type MessageHeader = JsonObject & {
  /** Unique among all messages. */
  msg_id: string;
  /** What the message is: `execute_request`. */
  msg_type: string;
};

/** A message. */
export interface JupyterMessage {
  /** Whom it goes to or comes from, as routing ids; on iopub its topic. */
  readonly identities: readonly Uint8Array[];
  /** What identifies it. */
  readonly header: MessageHeader;
  /** The header of the request that it belongs to; empty if it belongs to none. */
  readonly parentHeader: MessageHeader | Record<string, never>;
  /** What is said about it. */
  readonly metadata: JsonObject;
  /** What it says; its fields depend on the type. */
  readonly content: JsonObject;
  /** Binary data that the content refers to. */
  readonly buffers: readonly Uint8Array[];
}
