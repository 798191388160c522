/**
 * A kernel in a separate process, started as front ends start it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { KernelClient } from "./kernel_client.ts";

/** Options for the start of the kernel. */
export interface ServedKernelOptions {
  /** The folder of the connection file. Default: `cwd`. */
  folder: string;
  /** Returns the command line, beginning with the program. */
  command(connectionFile: string): string[];
  /** The whole environment. */
  environment: Readonly<Record<string, string>>;
  /** The working directory. */
  cwd: string;
  /** The file mode of the connection file. Default: 0o600. */
  mode?: number;
}

/** The key with which messages are signed. */
const KEY = "k3y";

/** The line that a kernel writes when it listens, with its ports. */
const READY = /the kernel is ready .*\bshell=(\d+) iopub=(\d+)/;

/**
 * Starts a kernel, connects a client, and stops both.
 *
 * @param use called with the client
 * @throws {Error} the kernel ended before it listened; the message has its output
 */
export async function serveKernel(
  { folder, command, environment, cwd, mode = 0o600 }: ServedKernelOptions,
  use: (client: KernelClient) => Promise<void>,
): Promise<void> {
  const file = `${folder}/connection-${crypto.randomUUID()}.json`;
  const ports = Object.fromEntries(["shell", "iopub", "stdin", "control", "hb"].map((name) => [`${name}_port`, 0]));
  await Deno.writeTextFile(file, JSON.stringify({ ip: "127.0.0.1", transport: "tcp", key: KEY, ...ports }));
  await Deno.chmod(file, mode);
  const [program, ...args] = command(file);
  const child = new Deno.Command(program, {
    args,
    env: environment,
    clearEnv: true,
    cwd,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stderr = child.stderr.pipeThrough(new TextDecoderStream());
  try {
    let written = "";
    for await (const text of stderr.values({ preventCancel: true })) {
      written += text;
      if (READY.test(written)) break;
    }
    const [, shell, iopub] = READY.exec(written) ?? assert.fail(written);
    using client = await KernelClient.connect(KEY, { shell: Number(shell), iopub: Number(iopub) });
    await use(client);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await stderr.cancel();
    await Deno.remove(file);
  }
}
