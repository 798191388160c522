/**
 * A folder with a kernelspec, and a function that runs Python programs which start the kernel as Jupyter does.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { aipython } from "../command_process.ts";

/** The name of the kernel in the kernelspec. */
export const KERNEL_NAME = "aipython-in-test";

/** A folder that is the only place in which Jupyter's programs look for kernels. */
export class KernelspecFolder implements AsyncDisposable {
  /** The path of the folder. It is also the programs' working directory and home. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Creates a folder.
   *
   * @param args the kernel's arguments after the connection file
   */
  static async make(args: readonly string[]): Promise<KernelspecFolder> {
    const path = await Deno.makeTempDir();
    const folder = `${path}/kernels/${KERNEL_NAME}`;
    await Deno.mkdir(folder, { recursive: true });
    const argv = [
      Deno.execPath(),
      "run",
      "--quiet",
      "--no-prompt",
      "-A",
      fileURLToPath(aipython),
      "kernel",
      "{connection_file}",
    ];
    const spec = { argv: [...argv, ...args], display_name: "AIPython", language: "python", interrupt_mode: "message" };
    await Deno.writeTextFile(`${folder}/kernel.json`, JSON.stringify(spec));
    return new KernelspecFolder(path);
  }

  /** The environment for programs: Deno's cache, and this folder as Jupyter's only folder. */
  get environment(): Record<string, string> {
    const own = ["PATH", "DENO_DIR"].map((name) => [name, Deno.env.get(name)]).filter(([, value]) =>
      value !== undefined
    );
    const denoDir = Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
    return {
      ...Object.fromEntries(own),
      DENO_DIR: denoDir,
      HOME: this.path,
      JUPYTER_PATH: this.path,
      JUPYTER_RUNTIME_DIR: `${this.path}/runtime`,
      JUPYTER_CONFIG_DIR: `${this.path}/config`,
      PYTHONWARNINGS: "ignore",
    };
  }

  /** Runs a Python program until it exits. Returns its exit code and the output of the program and the kernel. */
  async run(python: string, script: string, args: readonly string[] = []): Promise<{ code: number; written: string }> {
    const { code, stdout, stderr } = await new Deno.Command(python, {
      args: ["-c", script, ...args],
      cwd: this.path,
      env: this.environment,
      clearEnv: true,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, written: `${decoder.decode(stdout)}${decoder.decode(stderr)}` };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
