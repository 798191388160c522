/**
 * A client of a kernel that tests control. It uses jupyter_client and libzmq.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Notifier } from "../../../src/async/notifier.ts";
import { TextLineStream } from "../../zmtp/text_line_stream.ts";

/** The time limit for an expected message, which suffices on a busy machine. */
const DEADLINE_MS = 60_000;

const script = fileURLToPath(new URL("bridge.py", import.meta.url));

/** A message that the client has received. */
export interface SeenMessage {
  channel: "shell" | "control" | "stdin" | "iopub" | "hb";
  type: string;
  // deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
  header: any;
  /** The header of the request that the message belongs to. */
  // deno-lint-ignore no-explicit-any -- as above
  parent: any;
  // deno-lint-ignore no-explicit-any -- as above
  metadata: any;
  // deno-lint-ignore no-explicit-any -- as above
  content: any;
}

/** The outcome of a request. */
export interface Answered {
  reply: SeenMessage;
  /** The messages published for it between `busy` and `idle`, without these two. */
  published: SeenMessage[];
}

/** Options for sending a message. */
export interface SendOptions {
  parent?: unknown;
  /** Signs it with another key. */
  forged?: boolean;
  /** The number of times that the same bytes are sent. Default: 1. */
  times?: number;
}

/** A running client. */
export class JupyterBridge implements AsyncDisposable {
  /** All messages received so far, in the order of arrival. The order across channels is undefined. */
  readonly seen: SeenMessage[] = [];
  readonly #process: Deno.ChildProcess;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reading: Promise<void>;
  readonly #stderr: Promise<string>;
  readonly #changed = new Notifier();
  #isOpen = true;

  private constructor(python: string, connectionFile: string) {
    this.#process = new Deno.Command(python, {
      args: [script, connectionFile],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#stdin = this.#process.stdin.getWriter();
    this.#stderr = new Response(this.#process.stderr).text();
    this.#reading = this.#read();
  }

  /** Connects a client and waits until it is subscribed to the published messages. */
  static async connect(python: string, connectionFile: string): Promise<JupyterBridge> {
    const bridge = new JupyterBridge(python, connectionFile);
    await bridge.sees(({ type }) => type === "iopub_welcome");
    return bridge;
  }

  /** Sends a message; returns its id. */
  async send(
    channel: SeenMessage["channel"],
    type: string,
    content: unknown,
    options: SendOptions = {},
  ): Promise<string> {
    const id = crypto.randomUUID();
    const line = JSON.stringify({ channel, type, content, id, ...options });
    await this.#stdin.write(new TextEncoder().encode(`${line}\n`));
    return id;
  }

  /** Waits for a message that may have arrived already. */
  async sees(isMeant: (message: SeenMessage) => boolean): Promise<SeenMessage> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error("waiting for the message timed out")), DEADLINE_MS);
    const find = () => this.seen.find(isMeant);
    try {
      await this.#changed.until(() => find() !== undefined || !this.#isOpen, late.signal);
    } finally {
      clearTimeout(timer);
    }
    const found = find();
    if (found === undefined) assert.fail(`the client has ended: ${await this.#stderr}`);
    return found;
  }

  /** Waits for the reply to a request, and until the kernel is idle again. */
  async answered(id: string): Promise<Answered> {
    const isOf = ({ parent }: SeenMessage) => parent.msg_id === id;
    await this.sees((message) => isOf(message) && message.content.execution_state === "idle");
    const reply = await this.sees((message) =>
      isOf(message) && message.channel !== "iopub" && message.channel !== "stdin"
    );
    const states = this.seen.filter((message) => isOf(message) && message.type === "status");
    assert.deepEqual(states.map(({ content }) => content.execution_state), ["busy", "idle"]);
    const published = this.seen.filter((message) => isOf(message) && message.channel === "iopub");
    assert.equal(published[0], states[0], "busy comes first");
    assert.equal(published.at(-1), states[1], "idle comes last");
    return { reply, published: published.slice(1, -1) };
  }

  /** Sends a request and waits for its reply. */
  async request(channel: "shell" | "control", type: string, content: unknown = {}): Promise<Answered> {
    return await this.answered(await this.send(channel, type, content));
  }

  /** Sends a cell; returns its id. */
  async sendCell(code: string, options: Record<string, unknown> = {}): Promise<string> {
    return await this.send("shell", "execute_request", { ...executeDefaults, code, ...options });
  }

  /** Runs a cell to its end. */
  async run(code: string, options: Record<string, unknown> = {}): Promise<Answered> {
    return await this.answered(await this.sendCell(code, options));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stdin.close().catch(() => {});
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // The process has ended.
    }
    await Promise.all([this.#process.status, this.#reading, this.#stderr]);
  }

  async #read(): Promise<void> {
    const lines = this.#process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
    for await (const line of lines) {
      this.seen.push({ parent: {}, content: {}, ...JSON.parse(line) });
      this.#changed.notify();
    }
    this.#isOpen = false;
    this.#changed.notify();
  }
}

/** The fields that front ends send with a cell. */
const executeDefaults = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: false,
  stop_on_error: true,
};
