/**
 * What a kernel sends: replies, requests for input, and what it publishes.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import { portable } from "../../media/portable_text.ts";
import type { Subscriber } from "../../zmtp/publisher_socket.ts";
import type { Header, JsonObject, Message, ReceivedMessage } from "../wire/message.ts";
import { MessageMaker } from "../wire/message.ts";
import type { MessageCodec } from "../wire/message_codec.ts";
import type { KernelSockets } from "./kernel_sockets.ts";

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
  parent?: Header;
  metadata?: JsonObject;
}

/** Sends messages of one kernel. */
export class Messenger {
  readonly #codec: MessageCodec;
  readonly #maker = new MessageMaker();
  readonly #logger: Logger;
  #sockets: KernelSockets | undefined;

  /** @param codec signs what is sent */
  constructor(codec: MessageCodec, logger: Logger) {
    this.#codec = codec;
    this.#logger = logger;
  }

  /** The kernel's session. */
  get session(): string {
    return this.#maker.session;
  }

  /** Sends through these sockets from now on. Until then nothing can be sent. */
  use(sockets: KernelSockets): void {
    this.#sockets = sockets;
  }

  /** Publishes something to all clients. */
  publish(type: string, content: JsonObject, options: SendOptions = {}): void {
    this.#sockets?.iopub.publish(this.#encode(this.#maker.make(type, content, options), [this.#topic(type)]));
  }

  /** Answers a request. */
  reply(
    channel: ClientChannel,
    client: Client,
    request: ReceivedMessage,
    content: JsonObject,
    metadata?: JsonObject,
  ): void {
    const type = request.header.msg_type.replace(/_request$/, "_reply");
    this.send(channel, client, type, content, { parent: request.header, metadata });
  }

  /** Sends something to one client. Returns what was sent. */
  send(
    channel: ClientChannel,
    { routingId, identities }: Client,
    type: string,
    content: JsonObject,
    options: SendOptions,
  ): Message {
    const message = this.#maker.make(type, content, options);
    void this.#sockets?.[channel].send(routingId, this.#encode(message, identities)).then((outcome) => {
      if (outcome !== "written") this.#logger.debug("a client did not get a message", { type, channel, outcome });
    });
    return message;
  }

  /** Welcomes a subscriber, so that it knows that from now on it gets everything. */
  welcome(topic: Uint8Array, subscriber: Subscriber): void {
    const content = { subscription: new TextDecoder().decode(topic) };
    void subscriber.send(this.#encode(this.#maker.make("iopub_welcome", content), [topic]));
  }

  /** What cannot be written in UTF-8, half a surrogate pair, is replaced: Python could not read it. */
  #encode(message: Message, identities: readonly Uint8Array[]): Uint8Array[] {
    return this.#codec.encode({ ...message, content: portable(message.content) }, identities);
  }

  #topic(type: string): Uint8Array {
    return new TextEncoder().encode(`kernel.${this.#maker.session}.${type}`);
  }
}
