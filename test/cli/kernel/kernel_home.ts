/**
 * A temporary home folder in which kernels are installed. No file of the person who runs the tests is read or changed.
 *
 * @module
 */

import { type ProcessResult, runToEnd } from "../command_process.ts";

/** A temporary home folder. It is removed when it is disposed of. */
export interface KernelHome extends AsyncDisposable {
  /** The path of the folder. It contains a blank. */
  folder: string;
  /** The folder in which Jupyter looks for this user's kernels. */
  kernels: string;
  /** The environment variables that name this folder as the home. */
  environment: Readonly<Record<string, string>>;
  /** Runs `aipython kernel ...` in this folder until it exits. */
  kernel(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<ProcessResult>;
  /** Reads the `kernel.json` of a kernel. */
  spec(name?: string, kernels?: string): Promise<Spec>;
  /** Writes a file and returns its path. */
  write(name: string, text: string, mode?: number): Promise<string>;
}

/** The content of `kernel.json`. */
export interface Spec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: string;
  metadata: { debugger: boolean; aipython: Record<string, string> };
}

/** Creates a temporary home folder. */
export async function openKernelHome(): Promise<KernelHome> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const folder = `${root}/some one`;
  const temporary = `${root}/tmp`;
  await Deno.mkdir(folder);
  await Deno.mkdir(temporary);
  const kernels = `${folder}/.local/share/jupyter/kernels`;
  const environment = {
    HOME: folder,
    TMPDIR: temporary,
    DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
  };
  return {
    folder,
    kernels,
    environment,
    kernel: (args, further) =>
      runToEnd(["kernel", ...args], {
        directory: folder,
        environment: { ...environment, ...further },
        permissions: ["--allow-write"],
      }),
    spec: async (name = "aipython", where = kernels) =>
      JSON.parse(await Deno.readTextFile(`${where}/${name}/kernel.json`)),
    async write(name, text, mode = 0o600) {
      await Deno.writeTextFile(`${folder}/${name}`, text, { mode });
      return `${folder}/${name}`;
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}
