/**
 * What a kernel sends: replies, requests for input, and what it publishes.
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

/** The channels on which single clients are answered. */
export type ClientChannel = "shell" | "control" | "stdin";

/** A client, as it is reached: the same on shell, control and stdin. */
export interface Client {
  /** Its name for the sockets. */
  routingId: Uint8Array;
  /** The frames that what is sent to it begins with. */
  identities: readonly Uint8Array[];
}

/** Notes and context of what is sent. */
export interface SendOptions {
  /** The request that it answers or belongs to. */
  parent?: MessageHeader;
  metadata?: JsonObject;
}

/** Sends messages of one kernel. */
export class Messenger {
  readonly #session: Session;
  readonly #logger: Logger;
  readonly #unheard = new UnheardMessages();
  #sockets: KernelSockets | undefined;

  /** @param session makes what is sent */
  constructor(session: Session, logger: Logger) {
    this.#session = session;
    this.#logger = logger;
  }

  /** Sends through these sockets from now on. Until then nothing can be sent. */
  use(sockets: KernelSockets): void {
    this.#sockets = sockets;
  }

  /** Publishes something to all clients; before there is one, to the first that subscribes. */
  publish(type: string, content: JsonObject, { parent, metadata }: SendOptions = {}): void {
    const topic = new TextEncoder().encode(`kernel.${this.#session.id}.${type}`);
    const message = this.#write(type, content, { identities: [topic], parent, metadata });
    this.#unheard.add(message);
    this.#sockets?.iopub.publish(message);
  }

  /** Answers a request. */
  reply(
    channel: ClientChannel,
    client: Client,
    { header }: JupyterMessage,
    content: JsonObject,
    metadata?: JsonObject,
  ): void {
    this.send(channel, client, header.msg_type.replace(/_request$/, "_reply"), content, { parent: header, metadata });
  }

  /** Sends something to one client. Returns the message's id. */
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
      if (outcome !== "written") this.#logger.debug("a client did not get a message", { type, channel, outcome });
    });
    return id;
  }

  /** Welcomes a subscriber, so that it knows that from now on it gets everything. The first one gets what nobody has heard, too. */
  welcome(topic: Uint8Array, subscriber: Subscriber): void {
    const content = { subscription: new TextDecoder().decode(topic) };
    void subscriber.send(this.#write("iopub_welcome", content, { identities: [topic] }));
    for (const message of this.#unheard.take()) void subscriber.send(message);
  }

  /** What cannot be written in UTF-8, half a surrogate pair, is replaced: Python could not read it. */
  #write(
    type: string,
    content: JsonObject,
    { parent, ...parts }: SendOptions & { identities: readonly Uint8Array[]; id?: string },
  ): Frames {
    return this.#session.write(type, portable(content), { ...parts, ...parent && { parent: { header: parent } } });
  }
}
