/**
 * Clients that use libzmq: scripts for the Python package zmq.
 *
 * @module
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { TextLineStream } from "./text_line_stream.ts";

/** The time limit for an expected line, which suffices on a busy machine. */
const DEADLINE_MS = 60_000;

/** The beginning of every script. A socket times out after half a minute. */
const PRELUDE = `
import sys, zmq
context = zmq.Context()
address = "tcp://127.0.0.1:" + sys.argv[1]

def connect(kind, **options):
    socket = context.socket(kind)
    socket.linger, socket.rcvtimeo, socket.sndtimeo = 10000, 30000, 30000
    for name, value in options.items():
        socket.setsockopt(getattr(zmq, name.upper()), value)
    socket.connect(address)
    return socket

def say(*words):
    print(*words, flush=True)

def hear():
    return sys.stdin.readline().strip()
`;

/** Finds a Python that has a module. */
function findPython(module: string): string | undefined {
  return ["python3", "/usr/bin/python3"].find((python) => spawnSync(python, ["-c", `import ${module}`]).status === 0);
}

/** The Debian packages of the modules that tests need. Each depends on libzmq. */
const packages = { zmq: "python3-zmq", jupyter_client: "python3-jupyter-client" } as const;

const pythons = { zmq: findPython("zmq"), jupyter_client: findPython("jupyter_client") };

/**
 * Declares a test that needs libzmq. It is ignored if libzmq is missing, and its name then gives the reason.
 *
 * @param module the module that must be importable
 */
export function pyzmqTest(name: string, fn: () => Promise<void>, module: keyof typeof packages = "zmq"): void {
  const ignore = pythons[module] === undefined;
  const note = ignore ? ` (ignored: no Python has ${module}; apt-get install ${packages[module]})` : "";
  Deno.test({ name: `${name}${note}`, ignore, fn });
}

/** A running script. */
export class Pyzmq implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: Promise<string>;

  /**
   * Starts a script.
   *
   * @param port the port of 127.0.0.1 to which `connect(zmq.DEALER, identity=b"a")` connects
   * @param script the code; `say(...)` prints a line, and `hear()` reads one
   */
  constructor(port: number, script: string) {
    this.#process = new Deno.Command((pythons.jupyter_client ?? pythons.zmq)!, {
      args: ["-c", PRELUDE + script, String(port)],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
      .getReader();
    this.#stdin = this.#process.stdin.getWriter();
    this.#stderr = new Response(this.#process.stderr).text();
  }

  /** Waits for the next line that the script prints, and asserts its text. */
  async says(expected: string): Promise<void> {
    const { value } = await this.#inTime(this.#lines.read(), `for "${expected}"`);
    if (value === undefined) assert.fail(`the script ended instead of saying "${expected}":\n${await this.#stderr}`);
    assert.equal(value, expected);
  }

  /** Sends a line to the script's stdin. */
  async send(line: string): Promise<void> {
    await this.#stdin.write(new TextEncoder().encode(`${line}\n`));
  }

  /** Waits until the script ends, and asserts that it succeeded. */
  async ends(): Promise<void> {
    const { code } = await this.#inTime(this.#process.status, "for its end");
    assert.equal(code, 0, await this.#stderr);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // The process has ended.
    }
    await this.#process.status;
    await this.#stdin.close().catch(() => {});
    await this.#lines.cancel();
    await this.#stderr;
  }

  async #inTime<Value>(promise: Promise<Value>, what: string): Promise<Value> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`timed out while waiting ${what} of the script`)),
      DEADLINE_MS,
    );
    try {
      return await Promise.race([promise, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
