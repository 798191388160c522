/**
 * The command `deno task demo`: plays the tour notebook from end to end on this machine.
 *
 * @module
 */

import process from "node:process";
import { createDenoHost } from "../../src/cli/deno_host.ts";
import { exitCodeOfSignal } from "../../src/cli/exit_code.ts";
import { wantsColor } from "../../src/terminal/style.ts";
import { runDemo } from "./demo.ts";

/** The notebook that is played. */
const tour = new URL("../../examples/tour.ipynb", import.meta.url);

if (import.meta.main) Deno.exit(await main());

/** Runs the demo, and returns the exit code. */
async function main(): Promise<number> {
  const host = createDenoHost();
  const stopping = new AbortController();
  let interruption: number | undefined;
  host.onStopSignal((signal) => {
    if (interruption !== undefined) Deno.exit(interruption);
    interruption = exitCodeOfSignal(signal);
    stopping.abort(new Error(`stopped by ${signal}`));
  });
  host.onUncaught((error) => stopping.abort(error));
  try {
    const isAsRecorded = await runDemo({
      notebook: await Deno.readTextFile(tour),
      environment: process.env,
      write: (text) => host.writeOutput(text),
      color: wantsColor({ isTerminal: Deno.stdout.isTerminal(), environment: process.env }),
      signal: stopping.signal,
      now: () => performance.now(),
    });
    return isAsRecorded ? 0 : 1;
  } catch (error) {
    host.writeError(`demo: ${error instanceof Error ? error.message : error}\n`);
    return interruption ?? 1;
  }
}
