import assert from "node:assert/strict";
import { answer, display, error, gate, result, stderr, stdout } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { KernelAtWork } from "./kernel_at_work.ts";
import { kernelTest, shown } from "./kernel_tests.ts";

kernelTest("publishes a cell's outputs in order before its reply", async (python) => {
  await using at = await KernelAtWork.start(
    python,
    answer(stdout("a\n"), stderr("b\n"), result({ "text/plain": "5", "text/html": "<b>5</b>" })),
  );
  const client = await at.connect();
  const { reply, published } = await client.run("print('a'); 2 + 3");
  assert.deepEqual(shown(published), [
    ["execute_input", { code: "print('a'); 2 + 3", execution_count: 1 }],
    ["stream", { name: "stdout", text: "a\n" }],
    ["stream", { name: "stderr", text: "b\n" }],
    ["execute_result", { data: { "text/plain": "5", "text/html": "<b>5</b>" }, metadata: {}, execution_count: 1 }],
  ]);
  const { content, metadata } = reply;
  assert.deepEqual(content, { status: "ok", execution_count: 1, user_expressions: {}, payload: [] });
  assert.deepEqual(metadata.aipython, {
    model: "gpt-test",
    simulated: true,
    usage: { requests: 1, input: 10, cachedInput: 0, output: 5 },
  });
  assert.match(metadata.started, /^\d{4}-\d\d-\d\dT/);
  assert.equal(reply.header.version, "5.4");
});

kernelTest("publishes text while the model is still streaming", async (python) => {
  await using at = await KernelAtWork.start(python, [
    ...stdout("begun\n"),
    ...gate("half"),
    ...answer(stdout("done\n")),
  ]);
  const client = await at.connect();
  const cell = await client.sendCell("slow()");
  await client.sees(({ type, content }) => type === "stream" && content.text === "begun\n");
  await at.server.reached("half");
  at.server.open("half");
  const { published } = await client.answered(cell);
  assert.equal(
    published.filter(({ type }) => type === "stream").map(({ content }) => content.text).join(""),
    "begun\ndone\n",
  );
});

kernelTest("updates displays by their ids and clears outputs", async (python) => {
  await using at = await KernelAtWork.start(
    python,
    inTurn(
      answer(display({ "text/plain": "1" }, { display_id: "bar" }), display({ "text/html": "x" }, { isolated: true })),
      answer(display({ "text/plain": "2" }, { display_id: "bar", update: true })),
      answer(stdout("a"), display({}, { clear_output: true })),
      answer(stdout("a"), display({}, { clear_output: true, wait: true }), stdout("b")),
    ),
  );
  const client = await at.connect();
  const outputs = [];
  for (const code of ["show()", "change()", "clear()", "replace()"]) {
    const { published } = await client.run(code);
    outputs.push(shown(published.slice(1)));
  }
  const [first, second, third, fourth] = outputs;
  assert.deepEqual(first, [
    ["display_data", { data: { "text/plain": "1" }, metadata: {}, transient: { display_id: "bar" } }],
    ["display_data", {
      data: { "text/html": "x", "text/plain": first[1][1].data["text/plain"] },
      metadata: { isolated: true },
      transient: {},
    }],
  ]);
  assert.deepEqual(second, [
    ["update_display_data", { data: { "text/plain": "2" }, metadata: {}, transient: { display_id: "bar" } }],
  ]);
  assert.deepEqual(third, [["stream", { name: "stdout", text: "a" }], ["clear_output", { wait: false }]]);
  assert.deepEqual(fourth, [
    ["stream", { name: "stdout", text: "a" }],
    ["clear_output", { wait: true }],
    ["stream", { name: "stdout", text: "b" }],
  ]);
});

kernelTest("replies with the exception that it has published", async (python) => {
  await using at = await KernelAtWork.start(python, answer(error("ZeroDivisionError", "division by zero")));
  const client = await at.connect();
  const { reply, published } = await client.run("1/0");
  const { ename, evalue, traceback } = published.at(-1)!.content;
  assert.equal(published.at(-1)!.type, "error");
  assert.deepEqual([ename, evalue], ["ZeroDivisionError", "division by zero"]);
  assert.deepEqual(reply.content, {
    status: "error",
    ename,
    evalue,
    traceback,
    execution_count: 1,
    user_expressions: {},
    payload: [],
  });
});

kernelTest("adds formats to a figure without changing the order of outputs", async (python) => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
  const drawn = Promise.withResolvers<void>();
  await using at = await KernelAtWork.start(python, answer(display({ "image/svg+xml": svg }), stdout("behind\n")), {
    illustrate: (output) =>
      drawn.promise.then(() => ({ ...output, data: { ...output.data, "image/png": "iVBORw0K" } })),
  });
  const client = await at.connect();
  const cell = await client.sendCell("plot()");
  await at.server.request(0);
  drawn.resolve();
  const { published } = await client.answered(cell);
  assert.deepEqual(published.map(({ type }) => type), ["execute_input", "display_data", "stream"]);
  assert.deepEqual(Object.keys(published[1].content.data).sort(), ["image/png", "image/svg+xml", "text/plain"]);
});
