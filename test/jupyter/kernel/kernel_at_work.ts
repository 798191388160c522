/**
 * A kernel in the test's own process, with a scripted model and clients of jupyter_client.
 *
 * @module
 */

import { systemClock } from "../../../src/async/clock.ts";
import { CellArchive } from "../../../src/jupyter/kernel/cell_archive.ts";
import { Kernel, type KernelOptions } from "../../../src/jupyter/kernel/kernel.ts";
import { ServedShell } from "../../../src/jupyter/kernel/served_shell.ts";
import type { Logger } from "../../../src/logger.ts";
import type { Price } from "../../../src/execution/price.ts";
import { InteractiveShell } from "../../../src/shell/interactive_shell.ts";
import { openAIModel } from "../../support/model_requests.ts";
import {
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { JupyterBridge } from "./jupyter_bridge.ts";

const NO_PORTS = { shell: 0, iopub: 0, stdin: 0, control: 0, hb: 0 };

/** A running kernel. */
export class KernelAtWork implements AsyncDisposable {
  readonly kernel: Kernel;
  /** The model server that answers its cells. */
  readonly server: ScriptedModelServer;
  /** The log, each line as `level message`. */
  readonly log: string[];
  readonly #python: string;
  readonly #folder: string;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    fields: Pick<KernelAtWork, "kernel" | "server" | "log">,
    python: string,
    folder: string,
    resources: AsyncDisposableStack,
  ) {
    this.kernel = fields.kernel;
    this.server = fields.server;
    this.log = fields.log;
    this.#python = python;
    this.#folder = folder;
    this.#resources = resources;
  }

  /**
   * Starts a kernel.
   *
   * @param source the model's answers
   * @param options differences from the defaults; `open` opens the shell
   */
  static async start(
    python: string,
    source: ScriptSource,
    options: Partial<Omit<KernelOptions, "shell">> & {
      open?: (shell: InteractiveShell) => Promise<InteractiveShell>;
      price?: Price;
    } = {},
  ): Promise<KernelAtWork> {
    const { open = (shell) => Promise.resolve(shell), price, ...given } = options;
    const resources = new AsyncDisposableStack();
    const server = resources.use(await startScriptedModel(source));
    const folder = await Deno.makeTempDir();
    resources.defer(() => Deno.remove(folder, { recursive: true }));
    const log: string[] = [];
    const logAt = (level: string) => (message: string) => void log.push(`${level} ${message}`);
    const logger: Logger = { debug: () => {}, info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
    const model = openAIModel(server);
    const preview = { model: model.name, introduction: "scripted plays IPython", executionCount: 1 };
    const shell = new InteractiveShell({ model, cacheKey: "kernel", hasInput: true, price });
    const kernel = resources.use(
      await Kernel.start({
        connection: { ip: "127.0.0.1", ports: NO_PORTS, key: "k3y" },
        version: "1.2.3",
        shell: new ServedShell(preview, async () => ({ ...preview, shell: await open(shell) })),
        archive: CellArchive.open(undefined, logger),
        illustrate: (output) => output,
        readFolder: () => [],
        clock: systemClock,
        logger,
        ...given,
      }),
    );
    const ports = Object.entries(kernel.ports).map(([channel, port]) => [`${channel}_port`, port]);
    const file = {
      ip: "127.0.0.1",
      transport: "tcp",
      key: "k3y",
      signature_scheme: "hmac-sha256",
      ...Object.fromEntries(ports),
    };
    await Deno.writeTextFile(`${folder}/kernel.json`, JSON.stringify(file));
    return new KernelAtWork({ kernel, server, log }, python, folder, resources);
  }

  /** Connects a client. It is stopped with the kernel. */
  async connect(): Promise<JupyterBridge> {
    return this.#resources.use(await JupyterBridge.connect(this.#python, `${this.#folder}/kernel.json`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
