/**
 * The command with a defect: when it first writes to stdout, a promise rejects that nothing handles.
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
