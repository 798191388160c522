/**
 * A request as the kernel handles it.
 *
 * @module
 */

import type { JupyterMessage } from "../message.ts";
import type { Client, ClientChannel } from "./messenger.ts";
import type { RequestContent } from "./request_content.ts";

/** A request. */
export interface KernelRequest {
  /** Where it came, and where it is answered. */
  channel: ClientChannel;
  /** Who sent it. */
  client: Client;
  message: JupyterMessage;
  /** Its content, to be read. */
  content: RequestContent;
}
