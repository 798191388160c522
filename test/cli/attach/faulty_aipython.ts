/**
 * The command with an agent that works, but for two faults: text on stderr causes an error that nothing catches, and a request to
 * approve a tool one in LiveStore's store, the first time.
 *
 * @module
 */

import { AIPythonAgent } from "../../../mod.ts";
import { createDenoHost } from "../../../src/cli/host/deno_host.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { NotebookOutput } from "../../../src/notebook/output/notebook_output.ts";
import { schema } from "../../../src/notebook/schema/mod.ts";

NotebookOutput.prototype.stderr = () => {
  setTimeout(() => {
    throw new TypeError("a fault of the notebook's side");
  });
};

let hasFailed = false;
schema.state.materializers.set("v1.ToolApprovalRequested", () => {
  if (hasFailed) return [];
  hasFailed = true;
  throw new TypeError("a fault of the store");
});

Deno.exit(await runProgram(Deno.args, { ...createDenoHost(), loadAgent: () => Promise.resolve(AIPythonAgent) }));
