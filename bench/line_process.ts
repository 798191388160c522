/**
 * Runs a program of a bench in a separate process, so that only the program is measured. It is controlled by lines.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../stack/offline_model/lines.ts";

/** A running program that answers each line with a line, and ends when its stdin ends. */
export interface LineProcess extends AsyncDisposable {
  /** Writes a line and resolves with its next line. */
  ask(line: string): Promise<string>;
  /** Ends it, and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts a program, and waits for the first line that it writes.
 *
 * @param script its module
 * @param options.environment its settings
 * @param options.args its arguments. Default: none
 * @throws Error if it ends before it writes a line
 */
export async function startLineProcess(
  script: URL,
  { environment = {}, args = [] }: { environment?: Record<string, string>; args?: string[] },
): Promise<LineProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc", fileURLToPath(script), ...args],
    env: environment,
    // Ctrl-C in the terminal then reaches only the parent. The child ends because its stdin ends.
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const lines = lineBatches(child.stdout);
  const nextLine = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`the process of ${script.pathname} has ended too early`);
    return value[0];
  };
  const stop = async () => {
    await input.close().catch(() => {});
    const { code } = await child.status;
    await lines.return();
    return code;
  };
  try {
    await nextLine();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ask: async (line) => {
      await input.write(new TextEncoder().encode(`${line}\n`));
      return await nextLine();
    },
    stop,
    [Symbol.asyncDispose]: async () => void await stop(),
  };
}
