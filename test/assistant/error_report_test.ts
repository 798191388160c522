import assert from "node:assert/strict";
import { findFailingCell, fixInstruction, readErrorReport } from "../../src/assistant/error_report.ts";
import type { NotebookCell } from "../../src/assistant/notebook_cell.ts";

const error = { ename: "KeyError", evalue: "'raw'", traceback: ["Cell In[2], line 1", "KeyError: 'raw'"] };
const json = JSON.stringify(error, null, 2);

const code = (source: string, raised?: typeof error, more: Partial<NotebookCell> = {}): NotebookCell => ({
  cellType: "code",
  source,
  outputs: raised === undefined ? [] : [{ type: "error", ...raised }],
  ...more,
});

Deno.test("readErrorReport() knows an error by its shape", async (t) => {
  const cases: [name: string, question: string][] = [
    ["the error alone", json],
    ["on one line", JSON.stringify(error)],
    ["in a block, as the app writes it", `Fix the error:\n \`\`\`json\n${json}\n\`\`\`\n`],
    ["in a block behind another", `\`\`\`python\nx\n\`\`\`\n~~~json\n${json}\n~~~`],
    ["in a block that is not closed", `Mend this:\n\`\`\`\n${json}`],
    ["as JSON in JSON", `\`\`\`json\n${JSON.stringify(json)}\n\`\`\``],
  ];
  for (const [name, question] of cases) {
    await t.step(name, () => assert.deepEqual(readErrorReport(question), error));
  }
  await t.step("a traceback that is one text, or missing", () => {
    assert.deepEqual(readErrorReport('{"ename":"E","evalue":"","traceback":"a"}')?.traceback, ["a"]);
    assert.deepEqual(readErrorReport('{"ename":"E","evalue":""}')?.traceback, []);
  });
  await t.step("and nothing else for one", () => {
    for (
      const question of ["", "Why KeyError?", "{}", "[1]", '{"ename": 1, "evalue": "x"}', "```json\n{\n```", '{"a": 1}']
    ) {
      assert.equal(readErrorReport(question), undefined, question);
    }
  });
  await t.step("in a time that grows with the length alone", () => {
    assert.equal(readErrorReport("~~~a\n```\n".repeat(100_000)), undefined);
  });
});

Deno.test("findFailingCell() finds the cell whose error it is", async (t) => {
  const other = { ...error, traceback: ["Cell In[9], line 1"] };
  await t.step("the nearest that shows just this error", () => {
    const above = [code("a", error), code("b", error), code("c", other), code("d")];
    assert.equal(findFailingCell(error, above)?.source, "b");
  });
  await t.step("or one with the same name and message", () => {
    assert.equal(findFailingCell(error, [code("a", other), code("b")])?.source, "a");
  });
  await t.step("or the one right above, whose error was cleared", () => {
    assert.equal(findFailingCell(error, [code("a"), code("b")])?.source, "b");
  });
  await t.step("but none that is hidden from the AI, nor one further above in its place", () => {
    assert.equal(findFailingCell(error, [code("a"), code("b", error, { isHidden: true })]), undefined);
    assert.equal(findFailingCell(error, [code("a"), { cellType: "markdown", source: "b", outputs: [] }]), undefined);
    assert.equal(findFailingCell(error, []), undefined);
  });
});

Deno.test("fixInstruction() tells the failing cell, and asks for the whole of it in a block", () => {
  const instruction = fixInstruction(error, code('minutes["raw"]', error, { executionCount: 2 }));
  assert.match(instruction, /raised by this cell, In \[2\]:\n```python\nminutes\["raw"\]\n```\n/);
  assert.match(instruction, /whole corrected code .* one fenced block/);
  assert.match(fixInstruction(error, undefined), /not among the cells above/);
});

Deno.test("fixInstruction() asks for no code where the runtime itself has failed", () => {
  for (const ename of ["ModelError", "RefusedByAIPython"]) {
    const instruction = fixInstruction({ ...error, ename }, code("x"));
    assert.match(instruction, /not an error of Python's.*change no code/);
  }
});
