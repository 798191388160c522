/**
 * A home in which kernels are installed. No file of the person who runs the tests is read or changed.
 *
 * @module
 */

import { type ProcessResult, runToEnd } from "../command_process.ts";

/** A home; `await using` removes it. */
export interface KernelHome extends AsyncDisposable {
  /** Its folder. There is a blank in its path. */
  folder: string;
  /** The folder in which Jupyter looks for this person's kernels. */
  kernels: string;
  /** The variables that make it a home. */
  environment: Readonly<Record<string, string>>;
  /** Runs `aipython kernel ...` to its end, in this folder. */
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

/** Makes a home. */
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
