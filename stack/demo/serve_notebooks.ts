/**
 * Runs `deno task notebook`, in a separate process, because it needs the packages of `web/`.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { CommandHost } from "../../src/cli/host/command_host.ts";

const web = new URL("../../web/", import.meta.url);

/**
 * Runs the command until it ends. Signals are passed on to it.
 *
 * @param args the command's arguments
 * @param host the source of signals
 * @returns the command's exit code
 */
export async function serveNotebooks(args: string[], host: Pick<CommandHost, "onStopSignal">): Promise<number> {
  const [config, command] = ["deno.json", "server/main.ts"].map((path) => fileURLToPath(new URL(path, web)));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--config", config, command, ...args],
    // Ctrl-C in the terminal then reaches only this process, which passes it on. The command would receive it twice
    // otherwise, and a second one ends it at once.
    detached: true,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const forget = host.onStopSignal((signal) => {
    try {
      child.kill(signal);
    } catch {
      // The command has just ended.
    }
  });
  const { code } = await child.status;
  forget();
  return code;
}
