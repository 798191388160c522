/**
 * Runs `deno task eval` as a separate process.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/** The environment variables that Deno needs to find its cache. */
const denoVariables = ["HOME", "DENO_DIR", "PATH"];

/** Starts the command in a folder, with only this environment. The caller awaits its status. */
export function startEval(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  const own = denoVariables.map((name) => [name, Deno.env.get(name)]).filter(([, value]) => value !== undefined);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", fileURLToPath(new URL("../../eval/main.ts", import.meta.url)), ...args],
    env: { ...Object.fromEntries(own), NO_COLOR: "1", ...environment },
    clearEnv: true,
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The output and the exit code of a process. */
export interface EvalEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command and waits for its end. */
export async function runEval(
  args: readonly string[],
  folder: string,
  environment?: Readonly<Record<string, string>>,
): Promise<EvalEnd> {
  return await endOf(startEval(args, folder, environment));
}

/** Waits for the end of a process and returns its output and exit code. */
export async function endOf(process: Deno.ChildProcess): Promise<EvalEnd> {
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Makes a temporary folder, which is removed on disposal. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string; read(name: string): string }> {
  const path = await Deno.makeTempDir();
  return {
    path,
    read: (name) => Deno.readTextFileSync(`${path}/${name}`),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
