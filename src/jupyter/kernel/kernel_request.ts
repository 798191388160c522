/**
 * A request to the kernel.
 *
 * @module
 */

import type { JupyterMessage } from "../message.ts";
import type { Client, ClientChannel } from "./messenger.ts";
import type { RequestContent } from "./request_content.ts";

export interface KernelRequest {
  /** The channel on which it came and on which it is answered. */
  channel: ClientChannel;
  client: Client;
  message: JupyterMessage;
  /** The decoded content. */
  content: RequestContent;
}
