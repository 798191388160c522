/**
 * The five sockets of a kernel.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import type { Refusal } from "../../zmtp/binding.ts";
import { PublisherSocket, type Subscriber } from "../../zmtp/publisher_socket.ts";
import { ReplySocket } from "../../zmtp/reply_socket.ts";
import { RouterSocket } from "../../zmtp/router_socket.ts";
import type { Channel, ConnectionInfo } from "../connection_info.ts";

export interface KernelSocketsOptions {
  /** Called for each subscription to published messages. */
  onSubscribe(topic: Uint8Array, subscriber: Subscriber): void;
  /** Receives warnings about peers that were disconnected because of an error. */
  logger: Logger;
}

/** The channels. Each has its own socket. */
const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"] as const satisfies readonly Channel[];

export class KernelSockets implements AsyncDisposable {
  readonly shell: RouterSocket;
  readonly control: RouterSocket;
  readonly stdin: RouterSocket;
  readonly iopub: PublisherSocket;
  readonly hb: ReplySocket;

  private constructor(sockets: Pick<KernelSockets, Channel>) {
    this.shell = sockets.shell;
    this.control = sockets.control;
    this.stdin = sockets.stdin;
    this.iopub = sockets.iopub;
    this.hb = sockets.hb;
  }

  /**
   * Binds all sockets. If one fails, the others are closed.
   *
   * @throws {BindError} if it is impossible to listen at an address
   */
  static async bind(
    { ip: hostname, ports }: ConnectionInfo,
    { onSubscribe, logger }: KernelSocketsOptions,
  ): Promise<KernelSockets> {
    const onRefused = ({ error, address }: Refusal) =>
      logger.warn("a client was disconnected", { address, reason: error.message });
    const at = (channel: Channel) => ({ hostname, port: ports[channel], onRefused });
    await using bound = new AsyncDisposableStack();
    const sockets = new KernelSockets({
      shell: bound.use(await RouterSocket.bind(at("shell"))),
      control: bound.use(await RouterSocket.bind(at("control"))),
      stdin: bound.use(await RouterSocket.bind(at("stdin"))),
      iopub: bound.use(await PublisherSocket.bind({ ...at("iopub"), onSubscribe })),
      hb: bound.use(await ReplySocket.bind(at("hb"))),
    });
    bound.move();
    return sockets;
  }

  get ports(): Record<Channel, number> {
    return Object.fromEntries(CHANNELS.map((channel) => [channel, this[channel].port])) as Record<Channel, number>;
  }

  /** Closes all sockets when sent messages are written, or after the linger time. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(CHANNELS.map((channel) => this[channel].close()));
  }
}
