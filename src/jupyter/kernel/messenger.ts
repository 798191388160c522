/**
 * Sends a kernel's messages: replies, requests for input, and published messages.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import { portable } from "../../media/portable_text.ts";
import type { Frames } from "../../zmtp/frame.ts";
import type { Subscriber } from "../../zmtp/publisher_socket.ts";
import type { JsonObject, JupyterMessage, MessageHeader } from "../message.ts";
import type { Session } from "../session.ts";
import type { KernelSockets } from "./kernel_sockets.ts";
import { UnheardMessages } from "./unheard_messages.ts";

/** The channels with messages for a single client. */
export type ClientChannel = "shell" | "control" | "stdin";

/** The address of a client, which is the same on shell, control and stdin. */
export interface Client {
  /** The routing id of the sockets. */
  routingId: Uint8Array;
  /** The first frames of messages to the client. */
  identities: readonly Uint8Array[];
}

export interface SendOptions {
  /** The request that the message answers or belongs to. */
  parent?: MessageHeader;
  metadata?: JsonObject;
}

export class Messenger {
  readonly #session: Session;
  readonly #logger: Logger;
  readonly #unheard = new UnheardMessages();
  #sockets: KernelSockets | undefined;

  constructor(session: Session, logger: Logger) {
    this.#session = session;
    this.#logger = logger;
  }

  /** Sets the sockets. Before this call, no message can be sent. */
  use(sockets: KernelSockets): void {
    this.#sockets = sockets;
  }

  /** Publishes a message to all clients. If there is none yet, the first one to subscribe receives it. */
  publish(type: string, content: JsonObject, { parent, metadata }: SendOptions = {}): void {
    const topic = new TextEncoder().encode(`kernel.${this.#session.id}.${type}`);
    const message = this.#write(type, content, { identities: [topic], parent, metadata });
    this.#unheard.add(message);
    this.#sockets?.iopub.publish(message);
  }

  reply(
    channel: ClientChannel,
    client: Client,
    { header }: JupyterMessage,
    content: JsonObject,
    metadata?: JsonObject,
  ): void {
    this.send(channel, client, header.msg_type.replace(/_request$/, "_reply"), content, { parent: header, metadata });
  }

  /** Sends a message to one client. Returns the message's id. */
  send(
    channel: ClientChannel,
    { routingId, identities }: Client,
    type: string,
    content: JsonObject,
    { parent, metadata }: SendOptions,
  ): string {
    const id = crypto.randomUUID();
    const frames = this.#write(type, content, { identities, parent, metadata, id });
    void this.#sockets?.[channel].send(routingId, frames).then((outcome) => {
      if (outcome !== "written") this.#logger.debug("a client did not receive a message", { type, channel, outcome });
    });
    return id;
  }

  /** Welcomes a new subscriber, which then knows that it receives all further messages. The first one also receives earlier messages. */
  welcome(topic: Uint8Array, subscriber: Subscriber): void {
    const content = { subscription: new TextDecoder().decode(topic) };
    void subscriber.send(this.#write("iopub_welcome", content, { identities: [topic] }));
    for (const message of this.#unheard.take()) void subscriber.send(message);
  }

  /** Makes a message. Replaces unpaired surrogates, which cannot be encoded in UTF-8. */
  #write(
    type: string,
    content: JsonObject,
    { parent, ...parts }: SendOptions & { identities: readonly Uint8Array[]; id?: string },
  ): Frames {
    return this.#session.write(type, portable(content), { ...parts, ...parent && { parent: { header: parent } } });
  }
}
