/**
 * A minimal client of a running kernel that can run cells. It needs no Python.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { JsonObject, JupyterMessage } from "../../src/jupyter/message.ts";
import { Session } from "../../src/jupyter/session.ts";
import { encodeReady } from "../../src/zmtp/command.ts";
import { encodeMessage } from "../../src/zmtp/frame.ts";
import { FrameDecoder } from "../../src/zmtp/frame_decoder.ts";
import { encodeGreeting, GREETING_BYTES } from "../../src/zmtp/greeting.ts";

/** The result of a cell. */
export interface KernelRun {
  reply: JsonObject;
  /** The messages published for the cell, in order. */
  published: { type: string; content: JsonObject }[];
}

/** The message that subscribes to all topics. */
const SUBSCRIBE_ALL = Uint8Array.of(1);

/** A connected socket. */
class Socket implements Disposable {
  readonly #connection: Deno.TcpConn;
  readonly #messages: AsyncGenerator<Uint8Array[]>;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
    this.#messages = readMessages(connection);
  }

  /** Connects a socket of the given type, such as `DEALER`. */
  static async connect(port: number, type: string): Promise<Socket> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const socket = new Socket(connection);
    const encode = (text: string) => new TextEncoder().encode(text);
    await socket.write(encodeGreeting());
    await socket.write(encodeReady(new Map([["Socket-Type", encode(type)], ["Identity", encode("")]])));
    return socket;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await this.#connection.write(rest));
  }

  /** Returns the next message. Rejects if the kernel has closed the connection. */
  async receive(): Promise<Uint8Array[]> {
    const { value, done } = await this.#messages.next();
    if (done) throw new Error("the kernel has gone");
    return value;
  }

  [Symbol.dispose](): void {
    try {
      this.#connection.close();
    } catch {
      // The kernel has closed the connection.
    }
  }
}

async function* readMessages(connection: Deno.TcpConn): AsyncGenerator<Uint8Array[], void> {
  const decoder = new FrameDecoder(() => {});
  let greeting = GREETING_BYTES;
  let frames: Uint8Array[] = [];
  for await (const chunk of connection.readable) {
    const taken = Math.min(greeting, chunk.length);
    greeting -= taken;
    for (const { isCommand, hasMore, body } of decoder.decode(chunk.subarray(taken))) {
      if (isCommand) continue;
      frames.push(body);
      if (hasMore) continue;
      yield frames;
      frames = [];
    }
  }
}

/** A connected client. */
export class KernelClient implements Disposable {
  readonly #session: Session;
  readonly #shell: Socket;
  #iopub!: Socket;

  private constructor(key: string, shell: Socket) {
    this.#session = new Session({ key, username: "client" });
    this.#shell = shell;
  }

  /**
   * Connects to a kernel on this machine, and waits until the kernel publishes to this client.
   *
   * @param before called before the client subscribes
   */
  static async connect(
    key: string,
    ports: Readonly<{ shell: number; iopub: number }>,
    before: (client: KernelClient) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<KernelClient> {
    const client = new KernelClient(key, await Socket.connect(ports.shell, "DEALER"));
    await before(client);
    client.#iopub = await Socket.connect(ports.iopub, "SUB");
    await client.#iopub.write(encodeMessage([SUBSCRIBE_ALL]));
    await client.#published(({ header }) => header.msg_type === "iopub_welcome");
    return client;
  }

  /** Sends a request to the shell and returns the content of its reply. */
  async request(type: string, content: JsonObject = {}): Promise<JsonObject> {
    await this.#shell.write(encodeMessage(this.#session.write(type, content)));
    return this.#read(await this.#shell.receive()).content;
  }

  /** Runs a cell until its end. */
  async run(code: string): Promise<KernelRun> {
    return { reply: await this.execute(code), published: await this.untilIdle() };
  }

  /** Runs a cell and returns the content of the reply, without reading published messages. */
  execute(code: string): Promise<JsonObject> {
    return this.request("execute_request", { code, silent: false, store_history: true });
  }

  /** Returns the messages published until a cell ends. */
  async untilIdle(): Promise<KernelRun["published"]> {
    const messages = await this.#published(({ header, content, parentHeader }) =>
      header.msg_type === "status" && content.execution_state === "idle" && parentHeader.msg_type === "execute_request"
    );
    return messages.map(({ header, content }) => ({ type: header.msg_type, content }));
  }

  /** Returns the published messages up to and including the last one. */
  async #published(isLast: (message: JupyterMessage) => boolean): Promise<JupyterMessage[]> {
    const messages: JupyterMessage[] = [];
    for (;;) {
      const message = this.#read(await this.#iopub.receive());
      messages.push(message);
      if (isLast(message)) return messages;
    }
  }

  #read(frames: Uint8Array[]): JupyterMessage {
    const message = this.#session.read(frames);
    assert.ok(message, "the kernel's messages are signed with the key, and come once");
    return message;
  }

  [Symbol.dispose](): void {
    this.#shell[Symbol.dispose]();
    this.#iopub[Symbol.dispose]();
  }
}

/**
 * Requests the kernel's information and runs a cell. Rejects if the cell does not print the text and show a picture.
 */
export async function runCellWithPicture(client: KernelClient, text: string): Promise<void> {
  const info = await client.request("kernel_info_request");
  assert.equal(info.implementation, "aipython");
  const { reply, published } = await client.run("plot()");
  assert.equal(reply.status, "ok");
  const contents = (type: string) => published.filter((each) => each.type === type).map(({ content }) => content);
  assert.deepEqual(contents("stream"), [{ name: "stdout", text }]);
  const [picture] = contents("display_data");
  assert.deepEqual(Object.keys(picture.data!).toSorted(), ["image/png", "image/svg+xml", "text/plain"]);
}
