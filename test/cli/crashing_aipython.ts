/**
 * The command in a process in which something goes wrong that nothing catches, as soon as the command writes to stdout.
 *
 * @module
 */

import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { runProgram } from "../../src/cli/program.ts";

const host = createDenoHost();
const code = await runProgram(Deno.args, {
  ...host,
  writeOutput(text) {
    Promise.reject(new Error("nobody\ncatches this"));
    host.writeOutput(text);
  },
});
Deno.exit(code);
