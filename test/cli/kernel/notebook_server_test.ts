/**
 * The kernel behind Jupyter's server, over REST and WebSocket, as JupyterLab and VS Code use it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Notifier } from "../../../src/async/notifier.ts";
import { startWatched } from "../../support/watched_process.ts";
import type { WrittenText } from "../../support/written_text.ts";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import { KERNEL_NAME, KernelspecFolder } from "./kernelspec_folder.ts";

/** The time limit for every wait, in milliseconds. Busy machines need less. */
const DEADLINE_MS = 120_000;

const TOKEN = "t0ken";

/** A message as the server forwards it. */
interface PassedMessage {
  channel: string;
  msg_type: string;
  parent_header: { msg_id?: string };
  // deno-lint-ignore no-explicit-any -- a test reads the fields that it expects
  content: any;
}

/** A running Jupyter server. */
class JupyterServer implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #log: WrittenText;
  readonly port: number;

  constructor(python: string, folder: KernelspecFolder) {
    using free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.port = free.addr.port;
    free.close();
    const args = ["-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", `--port=${this.port}`, "--allow-root"];
    const words = [python, ...args, `--ServerApp.token=${TOKEN}`, `--ServerApp.root_dir=${folder.path}`];
    const { child, written } = startWatched(words, { env: folder.environment, cwd: folder.path });
    this.#process = child;
    this.#log = written;
  }

  /** Resolves when the server listens. */
  async ready(): Promise<void> {
    await inTime(this.#log.until("is running at"), "the server to start");
  }

  /** Sends a request to the server's API. */
  async ask(method: string, path: string, body?: unknown): Promise<Response> {
    return await fetch(`http://127.0.0.1:${this.port}/api/${path}`, {
      method,
      headers: { authorization: `token ${TOKEN}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** Polls a kernel until the server reports it as idle. Returns its name. */
  async idleKernel(id: string): Promise<{ name: string }> {
    while (true) {
      const { name, execution_state } = await (await this.ask("GET", `kernels/${id}`)).json();
      if (execution_state === "idle") return { name };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await inTime(this.#process.status, "the server to end");
    await this.#log.ended;
  }
}

/** A front end with a WebSocket to a kernel. */
class FrontEnd implements AsyncDisposable {
  readonly seen: PassedMessage[] = [];
  readonly #socket: WebSocket;
  readonly #session = crypto.randomUUID();
  readonly #changed = new Notifier();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      this.seen.push(JSON.parse(data));
      this.#changed.notify();
    };
  }

  static async open(server: JupyterServer, kernel: string): Promise<FrontEnd> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/kernels/${kernel}/channels?token=${TOKEN}`);
    const frontEnd = new FrontEnd(socket);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return frontEnd;
  }

  /** Sends a request and returns its id. */
  send(channel: string, msg_type: string, content: unknown): string {
    const msg_id = crypto.randomUUID();
    const header = { msg_id, msg_type, session: this.#session, username: "", version: "5.4", date: new Date(0) };
    this.#socket.send(JSON.stringify({ channel, header, parent_header: {}, metadata: {}, content, buffers: [] }));
    return msg_id;
  }

  /** Resolves with the first message that `isMeant` accepts. */
  async sees(isMeant: (message: PassedMessage) => boolean): Promise<PassedMessage> {
    await inTime(
      this.#changed.until(() => this.seen.some(isMeant)),
      `a message other than ${JSON.stringify(this.seen, null, 1)}`,
    );
    return this.seen.find(isMeant)!;
  }

  /** Runs a cell and returns the id of its request. */
  run(code: string): string {
    const options = {
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: true,
      stop_on_error: true,
    };
    return this.send("shell", "execute_request", { code, ...options });
  }

  /** Resolves with the reply to a cell. */
  async replied(id: string): Promise<PassedMessage> {
    return await this.sees(({ msg_type, parent_header }) =>
      msg_type === "execute_reply" && parent_header.msg_id === id
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    this.#socket.close();
    await closed;
  }
}

async function inTime<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`waiting for ${what} timed out`)), DEADLINE_MS);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

jupyterTest(
  ["jupyter_server"],
  "Jupyter's server runs and interrupts cells of aipython kernel for two clients and restarts the kernel",
  async (python) => {
    await using folder = await KernelspecFolder.make(["--offline"]);
    await using server = new JupyterServer(python, folder);
    await server.ready();
    const specs = await (await server.ask("GET", "kernelspecs")).json();
    assert.equal(specs.kernelspecs[KERNEL_NAME].spec.display_name, "AIPython");
    const { id } = await (await server.ask("POST", "kernels", { name: KERNEL_NAME })).json();
    await using one = await FrontEnd.open(server, id);
    await using other = await FrontEnd.open(server, id);

    const cell = one.run("spam = 6\nspam * 7");
    assert.equal((await one.replied(cell)).content.status, "ok");
    for (const client of [one, other]) {
      const { content } = await client.sees(({ msg_type, parent_header }) =>
        msg_type === "execute_result" && parent_header.msg_id === cell
      );
      assert.deepEqual(content.data, { "text/plain": "42" });
    }
    assert.equal((await other.replied(other.run("spam"))).content.execution_count, 2);

    const endless = one.run("while True: pass");
    await one.sees(({ msg_type, parent_header }) => msg_type === "execute_input" && parent_header.msg_id === endless);
    assert.equal((await server.ask("POST", `kernels/${id}/interrupt`)).status, 204);
    assert.equal((await one.replied(endless)).content.ename, "KeyboardInterrupt");

    const restarted = await server.ask("POST", `kernels/${id}/restart`);
    assert.equal(restarted.status, 200, await restarted.text());
    await using again = await FrontEnd.open(server, id);
    const forgotten = again.run("spam");
    assert.equal((await again.replied(forgotten)).content.ename, "NameError");
    await again.sees(({ content, parent_header }) =>
      content.execution_state === "idle" && parent_header.msg_id === forgotten
    );

    // The server follows the kernel over its own connection, which may lag behind that of the front end.
    const { name } = await inTime(server.idleKernel(id), "the server to see the kernel idle");
    assert.equal(name, KERNEL_NAME);
    assert.equal((await server.ask("DELETE", `kernels/${id}`)).status, 204);
  },
);
