import assert from "node:assert/strict";
import { answer, call, display, gate, result, stderr, stdout, type Step, text } from "../support/scripted_answer.ts";
import { runCell } from "../support/cell_run.ts";

const NOTE =
  "[AIPython] The output was cut after 10 characters, and the model was stopped. Let the cell output less, or " +
  "raise --max-output-per-cell (AIPYTHON_MAX_OUTPUT_PER_CELL).\n";

/** Runs a cell whose output limit is ten characters. */
async function shownOf(...steps: Step[][]) {
  const { outputs, ended, requests } = await runCell(answer(...steps), { code: "f()", maxOutputPerCell: 10 });
  return { outputs, ended, requests: requests.length };
}

Deno.test("output of exactly the maximum length is shown in full", async () => {
  const { outputs, ended } = await shownOf(stdout("12345"), stderr("67890"));
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs.map((output) => "text" in output && output.text), ["12345", "67890"]);
});

Deno.test("longer output is cut at the limit, and the cell fails with a note", async () => {
  const { outputs, ended, requests } = await shownOf(stdout("12345\n"), stdout("7890ab"), stdout("never"), result("1"));
  assert.deepEqual(outputs, [
    { type: "stream", name: "stdout", text: "12345\n7890" },
    { type: "stream", name: "stderr", text: NOTE },
  ]);
  assert.deepEqual([ended.status, ended.error], ["error", "OutputCut: more than 10 characters"]);
  assert.equal(requests, 1);
});

Deno.test("a display that exceeds the limit is not shown at all", async () => {
  const { outputs } = await shownOf(stdout("1"), display({ "text/plain": "a long text" }));
  assert.deepEqual(outputs.map(({ type }) => type), ["stream", "stream"]);
});

Deno.test("output is cut after 1,000 displays, and the cell fails with a note", async () => {
  const displays = (count: number) => Array.from({ length: count }, () => display({ "text/plain": "" }));
  const whole = await runCell(answer(...displays(1_000)), { code: "f()" });
  assert.deepEqual([whole.outputs.length, whole.ended.status], [1_000, "success"]);
  const { outputs, ended, requests } = await runCell(answer(...displays(1_001)), { code: "f()" });
  assert.deepEqual(outputs.slice(1_000), [{
    type: "stream",
    name: "stderr",
    text: "[AIPython] The output was cut after 1,000 displays, and the model was stopped. Let the cell output less.\n",
  }]);
  assert.deepEqual([ended.status, ended.error], ["error", "OutputCut: more than 1,000 displays"]);
  assert.equal(requests.length, 1);
});

Deno.test("a surrogate pair that the limit cuts is shown as a replacement character", async () => {
  const { outputs } = await shownOf(stdout("123456789😀"));
  assert.deepEqual(outputs[0], { type: "stream", name: "stdout", text: "123456789\ufffd" });
});

Deno.test("a reply that never ends is aborted at the output limit", async () => {
  const endless = [...call("stdout", { text: "x".repeat(50) }), ...gate("never")];
  const { outputs } = await runCell(answer(endless), { code: "f()", maxOutputPerCell: 10 });
  assert.deepEqual(outputs[0], { type: "stream", name: "stdout", text: "x".repeat(10) });
});

Deno.test("a reply with endless text that is not output is aborted", async () => {
  const prose = Array.from({ length: 41 }, () => text("thinking, ".repeat(5_000))).flat();
  const { outputs, ended, requests } = await runCell([...prose, ...gate("never")], { code: "f()" });
  assert.equal(ended.status, "error");
  assert.match(JSON.stringify(outputs), /2,000,000 characters that are not output/);
  assert.equal(requests.length, 1);
});
