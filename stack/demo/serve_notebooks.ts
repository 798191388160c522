/**
 * Hands over to `deno task notebook`. It runs as a process of its own because its packages are `web/`'s, which the demo lacks.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { CommandHost } from "../../src/cli/host/command_host.ts";

const web = new URL("../../web/", import.meta.url);

/**
 * Runs the command until it ends. Signals are passed on to it.
 *
 * @param args its arguments
 * @param host where signals come from
 * @returns its exit code
 */
export async function serveNotebooks(args: string[], host: Pick<CommandHost, "onStopSignal">): Promise<number> {
  const [config, command] = ["deno.json", "server/main.ts"].map((path) => fileURLToPath(new URL(path, web)));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--config", config, command, ...args],
    // A Ctrl-C in the terminal then reaches this process alone, and the command once: a second one would end it at once.
    detached: true,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const forget = host.onStopSignal((signal) => {
    try {
      child.kill(signal);
    } catch {
      // It has just ended.
    }
  });
  const { code } = await child.status;
  forget();
  return code;
}
