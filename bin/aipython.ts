/**
 * The command `aipython`: attaches an AI that plays IPython to an Anode notebook.
 *
 * ```sh
 * aipython --notebook my-notebook --auth-token my-token
 * ```
 *
 * @module
 */

import { createDenoHost } from "../src/cli/host/deno_host.ts";
import { runProgram } from "../src/cli/program.ts";

if (import.meta.main) Deno.exit(await runProgram(Deno.args, createDenoHost()));
