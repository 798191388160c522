/**
 * A Jupyter kernel: answers what clients ask on five sockets, and runs their cells one after the other.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import { KnownNames } from "../../repl/completion/known_names.ts";
import type { ReadFolder } from "../../repl/completion/file_names.ts";
import { LeavingWords } from "../../repl/leaving_words.ts";
import type { ShellCell } from "../../shell/interactive_shell.ts";
import type { RouterSocket } from "../../zmtp/router_socket.ts";
import type { Channel, ConnectionInfo } from "../connection_info.ts";
import type { JsonObject } from "../message.ts";
import { Session } from "../session.ts";
import type { CellArchive } from "./cell_archive.ts";
import type { Illustrate } from "./cell_publisher.ts";
import { completeRequest } from "./complete_request.ts";
import { execute } from "./execute_request.ts";
import { historyRequest } from "./history_request.ts";
import { InputChannel } from "./input_channel.ts";
import { Inspector } from "./inspect_request.ts";
import { isCompleteRequest } from "./is_complete_request.ts";
import { kernelInfo } from "./kernel_info.ts";
import type { KernelRequest } from "./kernel_request.ts";
import { KernelSockets } from "./kernel_sockets.ts";
import { type ClientChannel, Messenger } from "./messenger.ts";
import { ContentError, RequestContent } from "./request_content.ts";
import type { ServedShell } from "./served_shell.ts";
import { ShellQueue } from "./shell_queue.ts";

/** What a kernel serves, and where. */
export interface KernelOptions {
  connection: ConnectionInfo;
  /** This program's version. */
  version: string;
  /** Runs the cells. */
  shell: ServedShell;
  /** Keeps the cells. */
  archive: CellArchive;
  /** Adds forms to figures. */
  illustrate: Illustrate;
  /** Lists folders for completion. */
  readFolder: ReadFolder;
  clock: Clock;
  logger: Logger;
}

/** What a request is answered with. */
interface Answer {
  content: JsonObject;
  metadata?: JsonObject;
}

/** Answers one kind of request; nothing for those that get no reply. */
type Handler = (request: KernelRequest, signal: AbortSignal) => Answer | undefined | Promise<Answer | undefined>;

/** A running kernel. */
export class Kernel implements AsyncDisposable {
  readonly #options: KernelOptions;
  readonly #session: Session;
  readonly #messenger: Messenger;
  readonly #input: InputChannel;
  readonly #inspector: Inspector;
  readonly #queue = new ShellQueue<KernelRequest>();
  readonly #shutdown = Promise.withResolvers<void>();
  #names: KnownNames;
  #leaving = new LeavingWords();
  #running: AbortController | undefined;
  #sockets!: KernelSockets;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(options: KernelOptions) {
    const { connection, clock, logger, shell, archive } = options;
    this.#options = options;
    this.#session = new Session({
      key: connection.key,
      clock,
      onDropped: (reason) => logger.warn("a message was dropped", { reason }),
    });
    this.#messenger = new Messenger(this.#session, logger);
    this.#input = new InputChannel(this.#messenger, logger);
    this.#names = new KnownNames();
    this.#inspector = new Inspector({ shell, names: () => this.#names });
    for (const { code, outputs } of archive.cells) this.#learn(code, outputs);
  }

  /**
   * Starts a kernel: it listens when this resolves.
   *
   * @throws {BindError} an address cannot be listened on
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

  /** The ports that are listened on. */
  get ports(): Record<Channel, number> {
    return this.#sockets.ports;
  }

  /** Resolves when a client has shut the kernel down. */
  get ended(): Promise<void> {
    return this.#shutdown.promise;
  }

  /** Interrupts what runs; nothing happens where nothing does. */
  interrupt(): void {
    this.#running?.abort(new Error("interrupted"));
  }

  /** Interrupts what runs and closes the sockets. */
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

  /** The requests of a channel; a message that is forged or broken is dropped. */
  async *#requests(channel: ClientChannel): AsyncGenerator<KernelRequest, void, void> {
    const socket: RouterSocket = this.#sockets[channel];
    for await (const { routingId, frames } of socket) {
      const message = this.#session.read(frames);
      if (message === undefined) continue;
      const content = new RequestContent(message.header.msg_type, message.content);
      yield { channel, client: { routingId, identities: message.identities }, message, content };
    }
  }

  /** Answers a request. Clients see that the kernel is busy with it, and when it is idle again. */
  async #answer(request: KernelRequest, given: Handler | undefined, signal: AbortSignal): Promise<void> {
    const { message: { header } } = request;
    const handler = given ?? this.#handlers[header.msg_type];
    const status = (state: string) => this.#messenger.publish("status", { execution_state: state }, { parent: header });
    status("busy");
    if (handler === undefined) {
      this.#options.logger.warn("a message of an unknown type was ignored", { type: header.msg_type });
    } else {
      const answer = await this.#handle(handler, request, signal);
      if (answer !== undefined) {
        const { channel, client, message } = request;
        this.#messenger.reply(channel, client, message, answer.content, answer.metadata);
      }
    }
    status("idle");
    if (header.msg_type === "shutdown_request") this.#shutdown.resolve();
  }

  async #handle(handler: Handler, request: KernelRequest, signal: AbortSignal): Promise<Answer | undefined> {
    try {
      return await handler(request, signal);
    } catch (error) {
      const { logger } = this.#options;
      const { msg_type: type } = request.message.header;
      const isInterrupted = signal.aborted;
      if (error instanceof ContentError) logger.warn(error.message);
      else if (!isInterrupted) logger.error("a request failed", { type, reason: reasonOf(error) });
      if (!type.endsWith("_request")) return undefined;
      const { name, message } = error instanceof Error && !isInterrupted ? error : KEYBOARD_INTERRUPT;
      return { content: { status: "error", ename: name, evalue: message, traceback: [] } };
    }
  }

  readonly #handlers: Readonly<Record<string, Handler>> = {
    kernel_info_request: () => ({ content: kernelInfo(this.#options.version, this.#options.shell.introduction) }),
    execute_request: (request, signal) => this.#execute(request, signal),
    complete_request: ({ content }) => {
      const { readFolder } = this.#options;
      return { content: completeRequest(content, { names: this.#names, readFolder }) };
    },
    inspect_request: async ({ content }, signal) => ({ content: await this.#inspector.inspect(content, signal) }),
    history_request: ({ content }) => ({ content: historyRequest(content, this.#options.archive) }),
    is_complete_request: ({ content }) => ({ content: isCompleteRequest(content) }),
    comm_info_request: () => ({ content: { status: "ok", comms: {} } }),
    comm_open: ({ content, message: { header: parent } }) => {
      this.#messenger.publish("comm_close", { comm_id: content.text("comm_id"), data: {} }, { parent });
      return undefined;
    },
    comm_msg: () => undefined,
    comm_close: () => undefined,
    debug_request: ({ message: { content } }) => ({ content: refuseDebugging(content) }),
    interrupt_request: () => {
      this.interrupt();
      return { content: { status: "ok" } };
    },
    shutdown_request: ({ channel, content, message: { header: parent } }) => {
      const answer = { status: "ok", restart: content.flag("restart", false) };
      if (channel === "control") this.interrupt();
      this.#messenger.publish("shutdown_reply", answer, { parent });
      return { content: answer };
    },
  };

  async #execute(request: KernelRequest, signal: AbortSignal): Promise<Answer> {
    const { shell, illustrate, clock, logger } = this.#options;
    const { content, metadata, stopsOthers } = await execute(request, {
      shell,
      messenger: this.#messenger,
      input: this.#input,
      illustrate,
      clock,
      logger,
      leaves: (code) => this.#leaving.codeOf(code) !== undefined,
      onCell: (code, cell, isStored) => this.#keep(code, cell, isStored),
    }, signal);
    if (stopsOthers) this.#queue.abort();
    return { content, metadata };
  }

  #keep(code: string, cell: ShellCell, isStored: boolean): void {
    if (isStored) this.#options.archive.add({ executionCount: cell.executionCount, code, outputs: cell.outputs });
    this.#learn(code, cell.outputs);
    if (!cell.hasReset) return;
    this.#names = new KnownNames();
    this.#leaving = new LeavingWords();
    this.#inspector.forget();
  }

  #learn(code: string, outputs: ShellCell["outputs"]): void {
    this.#names.learn(code);
    this.#names.learnOutputs(code, outputs);
    this.#inspector.learn(code);
    this.#leaving.learn(code);
  }
}

/** What an interrupted request is answered with, unless it says more. */
const KEYBOARD_INTERRUPT = { name: "KeyboardInterrupt", message: "" };

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/** The answer of the Debug Adapter Protocol that a request failed. */
function refuseDebugging(request: JsonObject): JsonObject {
  return {
    type: "response",
    request_seq: typeof request.seq === "number" ? request.seq : 0,
    command: typeof request.command === "string" ? request.command : "",
    success: false,
    message: "Nothing is executed, so there is nothing to debug.",
  };
}
