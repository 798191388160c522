import assert from "node:assert/strict";
import { answer, call, display, error, gate, result, stderr, stdout, text } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { jupyterTest } from "../jupyter_python.ts";
import type { SeenMessage } from "./jupyter_bridge.ts";
import { KernelAtWork } from "./kernel_at_work.ts";

const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `a kernel ${name}`, fn);

/** The published messages, in short. */
const shown = (messages: readonly SeenMessage[]) => messages.map(({ type, content }) => [type, content]);

kernelTest("publishes what a cell shows, in order, before it replies", async (python) => {
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

kernelTest("publishes text while the model still writes", async (python) => {
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

kernelTest("names displays, changes them, and clears what a cell shows", async (python) => {
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

kernelTest("counts cells as ipykernel does", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("1")));
  const client = await at.connect();
  const counts = [];
  const runs: [string, Record<string, unknown>][] = [
    ["1", {}],
    ["", {}],
    ["1", { silent: true }],
    ["1", { store_history: false }],
    ["1", {}],
  ];
  for (const [code, options] of runs) {
    const { reply, published } = await client.run(code, options);
    counts.push([
      reply.content.execution_count,
      ...published.map(({ type, content }) => `${type} ${content.execution_count}`),
    ]);
  }
  assert.deepEqual(counts, [
    [1, "execute_input 1", "execute_result 1"],
    [1, "execute_input 2"],
    [1],
    [1, "execute_input 2", "execute_result 1"],
    [2, "execute_input 2", "execute_result 2"],
  ]);
});

kernelTest("tells its model of silent cells that define something, and of no others", async (python) => {
  await using at = await KernelAtWork.start(python, answer(stdout("a\n")));
  const client = await at.connect();
  await client.run("look()", { silent: true });
  await client.run("hidden = 5", { silent: true });
  await client.run("shown = 6", { store_history: false });
  await client.run("print(hidden)");
  const sent = at.server.requests.at(-1)!.body.messages.filter(({ role }: { role: string }) => role === "user");
  const code = sent.map(({ content }: { content: string }) => content).join("\n");
  assert.match(code, /hidden = 5[^]*shown = 6[^]*print\(hidden\)/);
  assert.doesNotMatch(code, /look/);
});

kernelTest("evaluates user expressions beside the session, and counts what they cost", async (python) => {
  const answers: Record<string, unknown> = {
    "x + 1": result("6"),
    "x /": error("SyntaxError", "invalid syntax"),
    "f()": [],
  };
  await using at = await KernelAtWork.start(python, ({ body }) => {
    const code = body.messages.at(-1).content.split("\n").slice(1).join("\n");
    return answer((answers[code] ?? []) as ReturnType<typeof result>);
  }, { price: { input: 1_000, cachedInput: 1_000, output: 2_000 } });
  const client = await at.connect();
  const { reply } = await client.run("x = 5", { user_expressions: { value: "x + 1", wrong: "x /", none: "f()" } });
  const { value, wrong, none } = reply.content.user_expressions;
  assert.deepEqual(value, { status: "ok", data: { "text/plain": "6" }, metadata: {} });
  assert.deepEqual([wrong.status, wrong.ename], ["error", "SyntaxError"]);
  assert.deepEqual(none.data, { "text/plain": "None" });
  assert.equal(reply.metadata.aipython.usage.requests, 4);
  assert.equal(reply.metadata.aipython.usage.cost, 0.08);
  await client.run("y");
  const sent = JSON.stringify(at.server.requests.at(-1)!.body.messages);
  assert.doesNotMatch(sent, /x \+ 1/);
});

kernelTest("hands the answer to a question to the pager, unless there is no such object", async (python) => {
  await using at = await KernelAtWork.start(
    python,
    inTurn(answer(stdout("Docstring: Zips.\n")), answer(stdout("Object `zap` not found.\n"))),
  );
  const client = await at.connect();
  const found = await client.run("zip?");
  assert.deepEqual(shown(found.published.slice(1)), []);
  assert.deepEqual(found.reply.content.payload, [
    { source: "page", data: { "text/plain": "Docstring: Zips." }, start: 0 },
  ]);
  const missing = await client.run("zap?");
  assert.deepEqual(shown(missing.published.slice(1)), [["stream", {
    name: "stdout",
    text: "Object `zap` not found.\n",
  }]]);
  assert.deepEqual(missing.reply.content.payload, []);
});

kernelTest("aborts what waits behind a cell that fails, where that is wanted", async (python) => {
  const failing = [...stdout("begun\n"), ...gate("all are sent"), ...answer(error("ValueError", "no"))];
  await using at = await KernelAtWork.start(
    python,
    ({ body }) => /fail\(\)$/.test(body.messages.at(-1).content) ? failing : answer(result("1")),
  );
  const client = await at.connect();
  for (const stop_on_error of [true, false]) {
    const first = await client.sendCell("fail()", { stop_on_error });
    const others = [await client.sendCell("1"), await client.sendCell("1", { silent: true })];
    const info = await client.send("shell", "kernel_info_request", {});
    await client.request("control", "kernel_info_request");
    at.server.open("all are sent");
    const failed = await client.answered(first);
    assert.equal(failed.reply.content.status, "error");
    const states = [];
    for (const id of others) states.push((await client.answered(id)).reply.content.status);
    assert.deepEqual(states, stop_on_error ? ["aborted", "aborted"] : ["ok", "ok"]);
    assert.equal((await client.answered(info)).reply.content.status, "ok");
  }
});

kernelTest("says in the first cell why there is no model, and tries again with the next", async (python) => {
  const { RefusedError } = await import("../../../src/errors.ts");
  let tries = 0;
  await using at = await KernelAtWork.start(python, answer(result("1")), {
    open: (shell) =>
      tries++ === 0 ? Promise.reject(new RefusedError("model", "The key is not taken.")) : Promise.resolve(shell),
  });
  const client = await at.connect();
  const refused = await client.run("1");
  assert.deepEqual(refused.published.at(-1)!.content, {
    ename: "RefusedError",
    evalue: "The key is not taken.",
    traceback: ["RefusedError: The key is not taken."],
  });
  assert.equal(refused.reply.content.status, "error");
  const { reply } = await client.run("1");
  assert.deepEqual([reply.content.status, reply.content.execution_count], ["ok", 1]);
});

kernelTest("tells its model of nothing that was before %reset", async (python) => {
  await using at = await KernelAtWork.start(python, answer(call("stdout", { text: "" })));
  const client = await at.connect();
  for (const code of ["spam = 1", "%reset -f", "eggs = 2"]) await client.run(code);
  const { reply } = await client.run("dir()");
  const sent = JSON.stringify(at.server.requests.at(-1)!.body.messages);
  assert.doesNotMatch(sent, /spam|%reset/);
  assert.match(sent, /eggs = 2/);
  assert.equal(reply.content.execution_count, 4);
});

kernelTest("adds forms to figures, and keeps their place", async (python) => {
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

kernelTest("asks consoles to leave at exit, until that is a name of the session", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("5")));
  const client = await at.connect();
  for (const code of ["exit", "quit()", "%exit"]) {
    const { reply, published } = await client.run(code);
    assert.deepEqual(reply.content.payload, [{ source: "ask_exit", keepkernel: false }]);
    assert.deepEqual(published.map(({ type }) => type), ["execute_input"]);
  }
  assert.equal(at.server.requests.length, 0);
  await client.run("exit = 5");
  assert.deepEqual((await client.run("exit")).reply.content.payload, []);
});

kernelTest("fails a cell whose error was written to stderr, without publishing another one", async (python) => {
  await using at = await KernelAtWork.start(python, answer(text("I am a language model.")));
  const client = await at.connect();
  const { reply, published } = await client.run("1");
  assert.deepEqual([reply.content.status, reply.content.ename, reply.content.traceback], ["error", "ModelError", []]);
  assert.match(reply.content.evalue, /answered in prose/);
  assert.deepEqual(published.map(({ type }) => type), ["execute_input", "stream"]);
});
