/**
 * Starts the agent as a process of its own, so that the memory that is measured is its own.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { lineBatches } from "../../stack/offline_model/lines.ts";
import type { VitalSigns } from "./vital_signs.ts";

/** An agent in a process of its own. */
export interface MeasuredAgent extends AsyncDisposable {
  /** Reads its vital signs as soon as it is quiet. */
  vitalSigns(): Promise<VitalSigns>;
  /** Shuts it down and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts it and waits until it is attached.
 *
 * @param environment its settings
 * @throws Error when it ends before that
 */
export async function startMeasuredAgent(environment: Record<string, string>): Promise<MeasuredAgent> {
  const script = fileURLToPath(new URL("./agent_process.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc", script],
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
    if (value === undefined) throw new Error("the agent's process has ended before its time");
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
    vitalSigns: async () => {
      await input.write(new TextEncoder().encode("vital signs\n"));
      return JSON.parse(await nextLine());
    },
    stop,
    [Symbol.asyncDispose]: async () => void await stop(),
  };
}
