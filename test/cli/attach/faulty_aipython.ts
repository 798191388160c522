/**
 * The command with a working agent and two defects: text on stderr causes an uncaught error, and the first request to approve a
 * tool causes an error in LiveStore's store.
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
