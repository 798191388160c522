/**
 * The command `deno task eval`: measures how much a model behaves like IPython.
 *
 * ```sh
 * deno task eval --offline
 * ```
 *
 * @module
 */

import { createDenoHost } from "../src/cli/host/deno_host.ts";
import { runEvalCommand } from "./cli/command.ts";

if (import.meta.main) Deno.exit(await runEvalCommand(Deno.args, createDenoHost()));
