/**
 * A program of a bench in a process of its own, which is asked for lines: so that what is measured of it is its own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../stack/offline_model/lines.ts";

/** A running program that answers each line with a line, and leaves when there are no more. */
export interface LineProcess extends AsyncDisposable {
  /** Writes a line and resolves with the next one that it answers. */
  ask(line: string): Promise<string>;
  /** Lets it leave, and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts a program, and waits for the first line that it writes.
 *
 * @param script its module
 * @param options.environment its settings
 * @param options.args its arguments; none, unless given
 * @throws Error when it ends before that
 */
export async function startLineProcess(
  script: URL,
  { environment = {}, args = [] }: { environment?: Record<string, string>; args?: string[] },
): Promise<LineProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc", fileURLToPath(script), ...args],
    env: environment,
    // A Ctrl-C in the terminal then reaches the parent alone; the child leaves because its stdin ends.
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const lines = lineBatches(child.stdout);
  const nextLine = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`the process of ${script.pathname} has ended before its time`);
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
