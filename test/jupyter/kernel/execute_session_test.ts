/**
 * A kernel's session: counts, user expressions, questions about objects, failures, and exits.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, call, error, gate, result, stdout, text } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { KernelAtWork } from "./kernel_at_work.ts";
import { kernelTest, shown } from "./kernel_tests.ts";

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

kernelTest("sends its model earlier silent cells only if they define something", async (python) => {
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

kernelTest("evaluates user expressions outside the session and adds their costs", async (python) => {
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

kernelTest(
  "sends the answer to a question about an object to the pager, unless the object does not exist",
  async (python) => {
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
  },
);

kernelTest("aborts requests that wait behind a failing cell if stop_on_error is set", async (python) => {
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

kernelTest(
  "reports in the first cell that connecting the model failed, and tries again for the next",
  async (python) => {
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
  },
);

kernelTest("does not send its model cells from before %reset", async (python) => {
  await using at = await KernelAtWork.start(python, answer(call("stdout", { text: "" })));
  const client = await at.connect();
  for (const code of ["spam = 1", "%reset -f", "eggs = 2"]) await client.run(code);
  const { reply } = await client.run("dir()");
  const sent = JSON.stringify(at.server.requests.at(-1)!.body.messages);
  assert.doesNotMatch(sent, /spam|%reset/);
  assert.match(sent, /eggs = 2/);
  assert.equal(reply.content.execution_count, 4);
});

kernelTest("asks consoles to exit at exit, unless a cell has redefined that name", async (python) => {
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

kernelTest("fails a cell whose error was written to stderr without publishing a second error", async (python) => {
  await using at = await KernelAtWork.start(python, answer(text("I am a language model.")));
  const client = await at.connect();
  const { reply, published } = await client.run("1");
  assert.deepEqual([reply.content.status, reply.content.ename, reply.content.traceback], ["error", "ModelError", []]);
  assert.match(reply.content.evalue, /answered in prose/);
  assert.deepEqual(published.map(({ type }) => type), ["execute_input", "stream"]);
});
