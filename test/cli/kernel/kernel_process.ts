/**
 * A process `aipython kernel` in tests, with only the permissions that it needs.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";
import { WrittenText } from "../../support/written_text.ts";
import { JupyterBridge } from "../../jupyter/kernel/jupyter_bridge.ts";
import { aipython } from "../command_process.ts";

/** The time within which a kernel must exit, in milliseconds. */
const END_WITHIN_MS = 30_000;

/** The variables that a kernel may read. */
const VARIABLES = [
  "AIPYTHON_*",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "JPY_PARENT_PID",
  "JUPYTER_ALLOW_INSECURE_WRITES",
];

/** The variables with which Deno finds its cache. */
const DENO_VARIABLES = ["HOME", "DENO_DIR", "PATH"];

/** A connection file that leaves the choice of ports to the kernel. */
export const connectionFile = {
  transport: "tcp",
  ip: "127.0.0.1",
  key: "k3y",
  signature_scheme: "hmac-sha256",
  shell_port: 0,
  iopub_port: 0,
  stdin_port: 0,
  control_port: 0,
  hb_port: 0,
};

/** Options for starting a kernel. */
export interface KernelProcessOptions {
  /** The model server. */
  server: Pick<ScriptedModelServer, "baseUrl" | "host">;
  /** The folder of the connection file. It is also the working directory. */
  folder: string;
  /** Arguments after the connection file. */
  args?: readonly string[];
  /** Additional permissions. */
  permissions?: readonly string[];
  /** Additional environment variables. */
  environment?: Readonly<Record<string, string>>;
  /**
   * A program that starts the kernel, with the kernel's command line as its last arguments. Default: the test starts the kernel
   * itself.
   */
  parent?: readonly string[];
  /** The content of the connection file. Default: {@linkcode connectionFile}. */
  file?: unknown;
  /** The mode of the connection file. Default: 0600. */
  mode?: number;
}

/** A running kernel. */
export class KernelProcess implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #folder: string;
  readonly #written: WrittenText;
  readonly #resources = new AsyncDisposableStack();

  private constructor(process: Deno.ChildProcess, folder: string) {
    this.#process = process;
    this.#folder = folder;
    this.#written = new WrittenText(process.stderr);
  }

  /** Starts a kernel. */
  static async start(options: KernelProcessOptions): Promise<KernelProcess> {
    const { server, folder, args = [], permissions = [], environment = {}, parent = [], file = connectionFile } =
      options;
    const path = `${folder}/kernel.json`;
    await Deno.writeTextFile(path, typeof file === "string" ? file : JSON.stringify(file));
    await Deno.chmod(path, options.mode ?? 0o600);
    const [command, ...words] = [
      ...parent,
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      `--allow-net=127.0.0.1,${server.host}`,
      `--allow-read=${folder}`,
      `--allow-env=${VARIABLES.join(",")}`,
      "--ignore-env",
      ...permissions,
      fileURLToPath(aipython),
      "kernel",
      path,
      ...args,
    ];
    const own = DENO_VARIABLES.map((name) => [name, Deno.env.get(name)]).filter(([, value]) => value !== undefined);
    const process = new Deno.Command(command, {
      args: words,
      cwd: folder,
      env: {
        ...Object.fromEntries(own),
        OPENAI_API_KEY: "s3cret-key",
        OPENAI_BASE_URL: server.baseUrl,
        AIPYTHON_MODEL: "scripted",
        ...environment,
      },
      clearEnv: true,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    return new KernelProcess(process, folder);
  }

  /** Resolves when the log contains a text. */
  async wrote(text: string): Promise<void> {
    await this.#written.until(text);
  }

  /** Waits until the kernel is ready and connects a client to it. */
  async connect(python: string): Promise<JupyterBridge> {
    await this.wrote(" hb=");
    const ports = [...this.#written.text.matchAll(/ (shell|iopub|stdin|control|hb)=(\d+)/g)];
    const file = {
      ...connectionFile,
      ...Object.fromEntries(ports.map(([, channel, port]) => [`${channel}_port`, Number(port)])),
    };
    const path = `${this.#folder}/client.json`;
    await Deno.writeTextFile(path, JSON.stringify(file));
    return this.#resources.use(await JupyterBridge.connect(python, path));
  }

  /** Sends a signal to the kernel, or to its parent if `parent` was given. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Resolves when the log has ended, with the exit code of the started process and the log. Rejects if that takes too long. */
  async end(): Promise<{ code: number; written: string }> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Error(`the kernel has not exited:\n${this.#written.text}`)),
      END_WITHIN_MS,
    );
    try {
      await Promise.race([this.#written.ended, late.promise]);
      return { code: (await this.#process.status).code, written: this.#written.text };
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // The process has already exited.
    }
    await Promise.allSettled([this.#process.status, this.#written.ended]);
  }
}

/** Creates a folder for connection files that only its owner can read. */
export async function temporaryFolder(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await Deno.makeTempDir();
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
