/**
 * Errors in which the agent itself speaks are shown once, whoever draws them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../mod.ts";
import type { ErrorOutput } from "../../src/execution/cell_output.ts";
import { INTERRUPTED } from "../../src/execution/interrupted.ts";
import { failureOutput } from "../../src/execution/model_failure.ts";
import { ownMessage } from "../../src/execution/own_error.ts";
import { refusedByLimit, refusedCellType } from "../../src/execution/refused_request.ts";
import { PlainOutputs } from "../../src/terminal/plain_outputs.ts";

/** As the notebook app draws an error. */
function drawnByApp({ ename, evalue, traceback }: ErrorOutput): string {
  return [...(ename !== "" && evalue !== "" ? [`${ename}: ${evalue}`] : []), ...traceback].join("\n");
}

/** As Jupyter draws an error. */
function drawnByJupyter({ ename, evalue, traceback }: ErrorOutput): string {
  return traceback.join("\n") || `${ename}: ${evalue}`;
}

const FAILED = "HOST does not take the API key (401).";
const LIMITED = "This runtime begins at most 2 cells a minute.";

const cases: { output: ErrorOutput; says: string; alone: boolean }[] = [
  { output: INTERRUPTED, says: "KeyboardInterrupt: ", alone: true },
  { output: failureOutput(new ModelError("refused", FAILED)), says: `ModelError: ${FAILED}`, alone: false },
  {
    output: failureOutput(new ModelError("refused", FAILED, { requestId: "r" })),
    says: `ModelError: ${FAILED}`,
    alone: false,
  },
  { output: refusedByLimit(LIMITED), says: `RefusedByAIPython: ${LIMITED}`, alone: false },
  ...[["sql", "an SQL cell"], ["ai", "an AI cell"], ["markdown", "a markdown cell"], ["raw", "a raw cell"]].map((
    [type, name],
  ) => ({
    output: refusedCellType(type),
    says: `RefusedByAIPython: AIPython executes code cells only, and this is ${name}.`,
    alone: true,
  })),
];

for (const { output, says, alone } of cases) {
  Deno.test(`an error of the agent's own is shown once: ${says}`, () => {
    const stderr: string[] = [];
    new PlainOutputs({ stdout: () => {}, stderr: (text) => stderr.push(text), color: false }).output(output);
    for (const drawn of [drawnByApp(output), drawnByJupyter(output), stderr.join("")]) {
      assert.equal(drawn.split(says.trim()).length, 2, drawn);
      if (alone) assert.equal(drawn.trim(), says.trim());
    }
  });
}

Deno.test("ownMessage() is the message of such an error, and of one that an older agent wrote", () => {
  assert.equal(ownMessage(refusedByLimit(LIMITED)), LIMITED);
  const older = { type: "error" as const, ename: "E", evalue: "m: n", traceback: ["E: m: n", "more"] };
  assert.equal(ownMessage(older), "m: n");
});
