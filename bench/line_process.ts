/**
 * Runs a bench's program in a separate process, so that only the program is measured. Each line written to it is
 * answered with a line.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../stack/offline_model/lines.ts";

/** A running program. It ends when its stdin ends. */
export interface LineProcess extends AsyncDisposable {
  /** Writes a line and resolves with its next line. */
  ask(line: string): Promise<string>;
  /** Ends the program, and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts a program, and waits for the first line that it writes.
 *
 * @param script the program's module
 * @param options.environment its environment variables
 * @throws Error if the program ends before it writes a line
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
    if (value === undefined) throw new Error(`the process of ${script.pathname} ended too early`);
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
