/**
 * A message of the Jupyter protocol (jupyter_client's documentation, "Messaging in Jupyter").
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** The supported version of the protocol. */
export const PROTOCOL_VERSION = "5.4";

export type JsonObject = { [key: string]: JsonValue };

/**
 * The header of a message. Besides the id and the type, there are `session`, `username`, `date` and `version`. Some clients do not send all
 * of them, and some send others. A reply repeats all fields as its parent header.
 */
export type MessageHeader = JsonObject & {
  /** The message's id, which is unique. */
  msg_id: string;
  /** The message's type: `execute_request`. */
  msg_type: string;
};

export interface JupyterMessage {
  /** The sender or receiver, as routing ids; on iopub the topic. */
  readonly identities: readonly Uint8Array[];
  readonly header: MessageHeader;
  /** The header of the request to which the message belongs; empty if there is none. */
  readonly parentHeader: MessageHeader | Record<string, never>;
  readonly metadata: JsonObject;
  /** The content; its fields depend on the type. */
  readonly content: JsonObject;
  /** Binary data to which the content refers. */
  readonly buffers: readonly Uint8Array[];
}
