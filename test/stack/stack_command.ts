/**
 * Runs a command of the stack as a separate process, and finds the processes that it starts.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Starts a command with these variables added to the environment. The API key and the variables about colours are empty by default.
 *
 * @param script its path in the repository, such as `stack/demo/main.ts`
 */
export function startStackCommand(
  script: string,
  environment: Record<string, string>,
  ...flags: string[]
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", script, ...flags],
    cwd: root,
    env: { OPENAI_API_KEY: "", FORCE_COLOR: "", NO_COLOR: "", ...environment },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Returns the descendants of a process, as Linux lists them. */
export async function descendants(pid: number): Promise<number[]> {
  const children = (await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "")).split(" ");
  const pids = children.filter((text) => text !== "").map(Number);
  return [...pids, ...(await Promise.all(pids.map(descendants))).flat()];
}

/** Whether a process is running and not a zombie. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "State:\tX");
  return !/^State:\s+[ZX]/m.test(status);
}
