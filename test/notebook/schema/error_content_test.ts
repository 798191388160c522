/**
 * Tests that every reader that draws an exception shows its message once.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../../mod.ts";
import type { ErrorOutput } from "../../../src/execution/cell_output.ts";
import { keyboardInterrupt } from "../../../src/execution/interrupted.ts";
import { failureOutput } from "../../../src/execution/model_failure.ts";
import { refusedByLimit, refusedCellType } from "../../../src/execution/refused_request.ts";
import { errorContent, wholeTraceback } from "../../../src/notebook/schema/error_content.ts";

type Raised = Omit<ErrorOutput, "type">;

/** Returns an error as the notebook app draws it. */
function drawnByApp({ ename, evalue, traceback }: Raised): string {
  return [...(ename !== "" && evalue !== "" ? [`${ename}: ${evalue}`] : []), ...traceback].join("\n");
}

/** Returns an error after it was written into a notebook and read again. */
function stored(output: Raised): Raised {
  const content = errorContent(output);
  assert.equal(content.type, "inline");
  return JSON.parse(JSON.stringify((content as { data: unknown }).data));
}

const failed = new ModelError("refused", "HOST does not accept the API key (401).", { requestId: "r" });
const NOT_CODE = "AIPython executes code cells only, and this is";

const shownOnce: [output: ErrorOutput, message: string, isAll: boolean][] = [
  [failureOutput(failed), "HOST does not accept the API key (401).", false],
  [refusedByLimit("At most 2 cells a minute."), "At most 2 cells a minute.", false],
  [refusedCellType("sql"), `${NOT_CODE} an SQL cell.`, true],
  [refusedCellType("ai"), `${NOT_CODE} an AI cell.`, true],
  [refusedCellType("markdown"), `${NOT_CODE} a markdown cell.`, true],
  [refusedCellType("raw"), `${NOT_CODE} a raw cell.`, true],
];

for (const [output, message, isAll] of shownOnce) {
  Deno.test(`an error of the agent is shown once: ${message}`, () => {
    const read = stored(output);
    assert.deepEqual([read.ename, read.evalue], [output.ename, message]);
    for (const drawn of [drawnByApp(read), wholeTraceback(read).join("\n"), output.traceback.join("\n")]) {
      assert.equal(drawn.split(message).length, 2, drawn);
      if (isAll) assert.equal(drawn, `${output.ename}: ${message}`);
    }
  });
}

Deno.test("a Python exception is stored and read unchanged", () => {
  const raised = {
    ename: "ValueError",
    evalue: "a\nb",
    traceback: ["-".repeat(75), "\x1b[0;31mValueError\x1b[0m: a", "b"],
  };
  const { type: _, ...interrupt } = keyboardInterrupt({ executionCount: 1, code: "f()" });
  for (const error of [raised, interrupt, { ename: "", evalue: "", traceback: ["odd"] }]) {
    assert.deepEqual(stored(error), error);
    assert.deepEqual(wholeTraceback(error), error.traceback);
  }
});

Deno.test("wholeTraceback() returns the name and the message of an error without a traceback", () => {
  const read = (ename: string, evalue: string) => wholeTraceback({ ename, evalue, traceback: [] });
  assert.deepEqual([read("E", "m"), read("E", ""), read("", "m")], [["E: m"], ["E"], ["m"]]);
});
