/**
 * A Jupyter kernel: answers requests on five sockets, and runs cells one after the other.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import type { ReadFolder } from "../../repl/completion/file_names.ts";
import type { ShellCell } from "../../shell/interactive_shell.ts";
import type { RouterSocket } from "../../zmtp/router_socket.ts";
import type { Channel, ConnectionInfo } from "../connection_info.ts";
import { Session } from "../session.ts";
import { answerRequest } from "./answer_request.ts";
import type { CellArchive } from "./cell_archive.ts";
import type { Illustrate } from "./cell_publisher.ts";
import { execute } from "./execute_request.ts";
import { InputChannel } from "./input_channel.ts";
import type { KernelRequest } from "./kernel_request.ts";
import { KernelSockets } from "./kernel_sockets.ts";
import { type ClientChannel, Messenger } from "./messenger.ts";
import { RequestContent } from "./request_content.ts";
import { type Answer, type Handler, requestHandlers } from "./request_handlers.ts";
import type { ServedShell } from "./served_shell.ts";
import { SessionNames } from "./session_names.ts";
import { ShellQueue } from "./shell_queue.ts";

export interface KernelOptions {
  connection: ConnectionInfo;
  /** This program's version. */
  version: string;
  shell: ServedShell;
  archive: CellArchive;
  illustrate: Illustrate;
  readFolder: ReadFolder;
  clock: Clock;
  logger: Logger;
}

export class Kernel implements AsyncDisposable {
  readonly #options: KernelOptions;
  readonly #session: Session;
  readonly #messenger: Messenger;
  readonly #input: InputChannel;
  readonly #queue = new ShellQueue<KernelRequest>();
  readonly #shutdown = Promise.withResolvers<void>();
  readonly #names: SessionNames;
  readonly #handlers: ReadonlyMap<string, Handler>;
  #running: AbortController | undefined;
  #sockets!: KernelSockets;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(options: KernelOptions) {
    const { connection, version, clock, logger, shell, archive, readFolder } = options;
    this.#options = options;
    this.#session = new Session({
      key: connection.key,
      clock,
      onDropped: (reason) => logger.warn("a message was dropped", { reason }),
    });
    this.#messenger = new Messenger(this.#session, logger);
    this.#input = new InputChannel(this.#messenger, logger);
    this.#names = new SessionNames(shell);
    for (const { code, outputs } of archive.cells) this.#names.learn(code, outputs);
    this.#handlers = requestHandlers({
      version,
      shell,
      names: this.#names,
      archive,
      messenger: this.#messenger,
      readFolder,
      execute: (request, signal) => this.#execute(request, signal),
      interrupt: () => this.interrupt(),
    });
  }

  /**
   * Starts a kernel. It is listening when the promise resolves.
   *
   * @throws {BindError} if it is impossible to listen at an address
   */
  static async start(options: KernelOptions): Promise<Kernel> {
    const kernel = new Kernel(options);
    kernel.#sockets = await KernelSockets.bind(options.connection, {
      logger: options.logger,
      onSubscribe: (topic, subscriber) => kernel.#messenger.welcome(topic, subscriber),
    });
    kernel.#messenger.use(kernel.#sockets);
    kernel.#work = Promise.all([
      kernel.#readShell(),
      kernel.#serveShell(),
      kernel.#serveControl(),
      kernel.#readStdin(),
      kernel.#beat(),
    ]);
    kernel.#work.catch(kernel.#shutdown.reject);
    return kernel;
  }

  get ports(): Record<Channel, number> {
    return this.#sockets.ports;
  }

  /** Resolves when a client has shut the kernel down. */
  get ended(): Promise<void> {
    return this.#shutdown.promise;
  }

  /** Interrupts the running request, if there is one. */
  interrupt(): void {
    this.#running?.abort(new Error("interrupted"));
  }

  /** Interrupts the running request and closes the sockets. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#queue.close();
    this.interrupt();
    await this.#sockets[Symbol.asyncDispose]();
    await this.#work.catch(() => {});
  }

  async #readShell(): Promise<void> {
    for await (const request of this.#requests("shell")) await this.#queue.put(request);
  }

  async #serveShell(): Promise<void> {
    for (let next; (next = await this.#queue.take()) !== undefined;) {
      const { request, isAborted } = next;
      const running = this.#running = new AbortController();
      const isDropped = isAborted && request.message.header.msg_type === "execute_request";
      await this.#answer(request, isDropped ? () => ({ content: { status: "aborted" } }) : undefined, running.signal);
      this.#running = undefined;
    }
  }

  async #serveControl(): Promise<void> {
    const { signal } = new AbortController();
    for await (const request of this.#requests("control")) await this.#answer(request, undefined, signal);
  }

  async #readStdin(): Promise<void> {
    for await (const { client, message } of this.#requests("stdin")) this.#input.receive(client.routingId, message);
  }

  async #beat(): Promise<void> {
    for await (const { frames, reply } of this.#sockets.hb) void reply(frames);
  }

  /** The requests of a channel. Forged and malformed messages are dropped. */
  async *#requests(channel: ClientChannel): AsyncGenerator<KernelRequest, void, void> {
    const socket: RouterSocket = this.#sockets[channel];
    for await (const { routingId, frames } of socket) {
      const message = this.#session.read(frames);
      if (message === undefined) continue;
      const content = new RequestContent(message.header.msg_type, message.content);
      yield { channel, client: { routingId, identities: message.identities }, message, content };
    }
  }

  async #answer(request: KernelRequest, given: Handler | undefined, signal: AbortSignal): Promise<void> {
    const { msg_type: type } = request.message.header;
    const context = { messenger: this.#messenger, logger: this.#options.logger };
    await answerRequest(request, given ?? this.#handlers.get(type), context, signal);
    if (type === "shutdown_request") this.#shutdown.resolve();
  }

  async #execute(request: KernelRequest, signal: AbortSignal): Promise<Answer> {
    const { shell, illustrate, clock, logger } = this.#options;
    const { content, metadata, stopsOthers } = await execute(request, {
      shell,
      messenger: this.#messenger,
      input: this.#input,
      illustrate,
      clock,
      logger,
      leaves: (code) => this.#names.leaves(code),
      onCell: (code, cell, isStored) => this.#keep(code, cell, isStored),
    }, signal);
    if (stopsOthers) this.#queue.abort();
    return { content, metadata };
  }

  #keep(code: string, cell: ShellCell, isStored: boolean): void {
    if (isStored) this.#options.archive.add({ executionCount: cell.executionCount, code, outputs: cell.outputs });
    this.#names.learn(code, cell.outputs);
    if (cell.hasReset) this.#names.forget();
  }
}
