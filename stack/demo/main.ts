/**
 * The command `deno task demo`: plays the tour notebook from end to end on this machine, or serves it in a browser.
 *
 * @module
 */

import { systemClock } from "../../src/async/clock.ts";
import process from "node:process";
import { parseArgs } from "node:util";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { wantsColor } from "../../src/terminal/style.ts";
import { Interruption } from "../interruption.ts";
import { readFamily } from "../strict_model/family.ts";
import { runDemo } from "./demo.ts";
import { serveNotebooks } from "./serve_notebooks.ts";
import type { OfflineTraits } from "./start_model.ts";

const usage = `Usage: deno task demo [--offline] [--strict FAMILY] [--forgetful]
       deno task demo --serve [--help | OPTIONS]

Plays a tour of 16 cells: a notebook server on this machine, the agent, and a
person who presses Run. A real model answers if OPENAI_API_KEY or
OPENAI_BASE_URL is set, otherwise the offline model.

  --offline        let the offline model answer even if a real one is set up
  --strict FAMILY  let the offline model answer, and refuse what servers of the
                   family refuse: openai, mistral, llama or gemma
  --forgetful      let the offline model answer from what it is sent, as a model
                   does, and remember nothing else
  --serve          open the notebook in a browser instead, as deno task notebook
                   does, with the same options
  --help           show this
`;

const SERVE = "--serve";

const tour = new URL("../../examples/tour.ipynb", import.meta.url);

if (import.meta.main) Deno.exit(await main());

/** Returns the exit code. */
async function main(): Promise<number> {
  const host = createDenoHost();
  if (Deno.args.includes(SERVE)) {
    return await serveNotebooks(Deno.args.filter((argument) => argument !== SERVE), host);
  }
  const flags = readFlags();
  if (flags instanceof Error) {
    host.writeError(`demo: ${flags.message}\nSee deno task demo --help.\n`);
    return 2;
  }
  if (flags.help) {
    host.writeOutput(usage);
    return 0;
  }
  const interruption = new Interruption(host);
  host.onUncaught((error) => interruption.stop(error));
  try {
    const isAsRecorded = await runDemo({
      notebook: await Deno.readTextFile(tour),
      environment: flags.offline ? {} : process.env,
      offline: flags.traits,
      write: (text) => host.writeOutput(text),
      color: wantsColor({ isTerminal: Deno.stdout.isTerminal(), environment: process.env }),
      signal: interruption.signal,
      clock: systemClock,
    });
    return isAsRecorded ? 0 : 1;
  } catch (error) {
    host.writeError(`demo: ${error instanceof Error ? error.message : error}\n`);
    return interruption.exitCode ?? 1;
  }
}

function readFlags(): { offline: boolean; traits: OfflineTraits; help: boolean } | Error {
  const flag = { type: "boolean", default: false } as const;
  try {
    const options = { offline: flag, strict: { type: "string" }, forgetful: flag, help: flag } as const;
    const { offline, strict, forgetful, help } = parseArgs({ args: Deno.args, options }).values;
    return { offline, traits: { strict: strict === undefined ? undefined : readFamily(strict), forgetful }, help };
  } catch (error) {
    return error as Error;
  }
}
