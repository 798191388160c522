import assert from "node:assert/strict";
import { findFailingCell, fixInstruction, readErrorReport } from "../../src/assistant/error_report.ts";
import type { NotebookCell } from "../../src/assistant/notebook_cell.ts";
import { assertLinear } from "../support/growth.ts";

const error = { ename: "KeyError", evalue: "'raw'", traceback: ["Cell In[2], line 1", "KeyError: 'raw'"] };
const json = JSON.stringify(error, null, 2);

const code = (source: string, raised?: typeof error, more: Partial<NotebookCell> = {}): NotebookCell => ({
  cellType: "code",
  source,
  outputs: raised === undefined ? [] : [{ type: "error", ...raised }],
  ...more,
});

Deno.test("readErrorReport() recognizes an error by its shape", async (t) => {
  const cases: [name: string, question: string][] = [
    ["reads an error that is the whole question", json],
    ["reads an error on one line", JSON.stringify(error)],
    ["reads an error in a code block, as the app writes it", `Fix the error:\n \`\`\`json\n${json}\n\`\`\`\n`],
    ["reads an error in the second code block", `\`\`\`python\nx\n\`\`\`\n~~~json\n${json}\n~~~`],
    ["reads an error in an unclosed code block", `Mend this:\n\`\`\`\n${json}`],
    ["reads an error in a JSON string", `\`\`\`json\n${JSON.stringify(json)}\n\`\`\``],
  ];
  for (const [name, question] of cases) {
    await t.step(name, () => assert.deepEqual(readErrorReport(question), error));
  }
  await t.step("reads a traceback that is a string or missing", () => {
    assert.deepEqual(readErrorReport('{"ename":"E","evalue":"","traceback":"a"}')?.traceback, ["a"]);
    assert.deepEqual(readErrorReport('{"ename":"E","evalue":""}')?.traceback, []);
  });
  await t.step("returns undefined for other questions", () => {
    for (
      const question of ["", "Why KeyError?", "{}", "[1]", '{"ename": 1, "evalue": "x"}', "```json\n{\n```", '{"a": 1}']
    ) {
      assert.equal(readErrorReport(question), undefined, question);
    }
  });
  await t.step("reads a very long question in linear time", () => {
    assertLinear((size) => assert.equal(readErrorReport("~~~a\n```\n".repeat(size)), undefined), 20_000);
  });
});

Deno.test("findFailingCell() finds the cell that raised the error", async (t) => {
  const other = { ...error, traceback: ["Cell In[9], line 1"] };
  await t.step("finds the nearest cell with the same error and traceback", () => {
    const above = [code("a", error), code("b", error), code("c", other), code("d")];
    assert.equal(findFailingCell(error, above)?.source, "b");
  });
  await t.step("finds a cell with the same name and message if the traceback differs", () => {
    assert.equal(findFailingCell(error, [code("a", other), code("b")])?.source, "a");
  });
  await t.step("finds the cell right above if its error was cleared", () => {
    assert.equal(findFailingCell(error, [code("a"), code("b")])?.source, "b");
  });
  await t.step("returns undefined if the cell right above is hidden or not a code cell", () => {
    assert.equal(findFailingCell(error, [code("a"), code("b", error, { isHidden: true })]), undefined);
    assert.equal(findFailingCell(error, [code("a"), { cellType: "markdown", source: "b", outputs: [] }]), undefined);
    assert.equal(findFailingCell(error, []), undefined);
  });
});

Deno.test("fixInstruction() shows the failing cell and asks for its whole corrected code", () => {
  const instruction = fixInstruction(error, code('minutes["raw"]', error, { executionCount: 2 }));
  assert.match(instruction, /raised by this cell, In \[2\]:\n```python\nminutes\["raw"\]\n```\n/);
  assert.match(instruction, /whole corrected code .* one fenced block/);
  assert.match(fixInstruction(error, undefined), /not among the cells above/);
});

Deno.test("fixInstruction() asks for no code if the runtime itself has failed", () => {
  for (const ename of ["ModelError", "RefusedByAIPython"]) {
    const instruction = fixInstruction({ ...error, ename }, code("x"));
    assert.match(instruction, /not an error of Python's.*change no code/);
  }
});
