/**
 * A process `aipython kernel` in tests, with just the permissions that it needs.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";
import { WrittenText } from "../../support/written_text.ts";
import { JupyterBridge } from "../../jupyter/kernel/jupyter_bridge.ts";
import { aipython } from "../command_process.ts";

/** How long a kernel may take to end, in milliseconds. */
const END_WITHIN_MS = 30_000;

/** The variables that a kernel reads. */
const VARIABLES = [
  "AIPYTHON_*",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "JPY_PARENT_PID",
  "JUPYTER_ALLOW_INSECURE_WRITES",
];

/** The variables with which Deno finds its cache. */
const DENO_VARIABLES = ["HOME", "DENO_DIR", "PATH"];

/** A connection file whose ports are any that are free. */
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

/** Options for the start of a kernel. */
export interface KernelProcessOptions {
  /** Answers its cells. */
  server: Pick<ScriptedModelServer, "baseUrl" | "host">;
  /** The folder of the connection file, which is its working directory. */
  folder: string;
  /** Arguments behind the connection file. */
  args?: readonly string[];
  /** Permissions that it has besides. */
  permissions?: readonly string[];
  /** Variables that it has besides. */
  environment?: Readonly<Record<string, string>>;
  /** A program that is the kernel's parent, and is given the kernel's command line. Default: the test itself. */
  parent?: readonly string[];
  /** The content of the connection file. */
  file?: unknown;
  /** The rights of the connection file. Default: its owner's. */
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

  /** Resolves when it has written a text to its log. */
  async wrote(text: string): Promise<void> {
    await this.#written.until(text);
  }

  /** Connects a client, once the kernel is ready. */
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

  /** Sends a signal to it, or to its separate parent process if it has one. */
  kill(signal: Deno.Signal): void {
    this.#process.kill(signal);
  }

  /** Resolves when nothing writes to its log any more, with the exit code of what was started, and the log. */
  async end(): Promise<{ code: number; written: string }> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`the kernel goes on:\n${this.#written.text}`)), END_WITHIN_MS);
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
      // It has ended.
    }
    await Promise.allSettled([this.#process.status, this.#written.ended]);
  }
}

/** A folder for connection files, which only its owner reads. */
export async function temporaryFolder(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await Deno.makeTempDir();
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}
