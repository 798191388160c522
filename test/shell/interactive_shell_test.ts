import assert from "node:assert/strict";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import { InteractiveShell } from "../../src/shell/interactive_shell.ts";
import type { OutputChange } from "../../src/shell/cell_outputs.ts";
import { ControlFilter } from "../../src/terminal/control_filter.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, call, error, gate, stderr, stdout, text } from "../support/scripted_answer.ts";
import { inTurn, type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

const signal = new AbortController().signal;

/** Opens a shell whose model answers according to a script. */
async function openShell(source: ScriptSource) {
  const server = await startScriptedModel(source);
  const shell = new InteractiveShell({ model: openAIModel(server), cacheKey: "shell" });
  return { shell, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

Deno.test("a shell numbers its cells and sends the earlier ones to the model", async () => {
  await using at = await openShell(() => answer(stdout("a\n")));
  const first = await at.shell.runCell("print('a')", { signal });
  const second = await at.shell.runCell("print('a') # again", { signal });
  assert.deepEqual([first.executionCount, second.executionCount], [1, 2]);
  assert.deepEqual(second.outputs, [{ type: "stream", name: "stdout", text: "a\n" }]);
  const { messages } = at.server.requests[1].body;
  assert.equal(messages.filter(({ role }: { role: string }) => role === "user").length, 2);
  assert.match(messages.at(-1).content, /^In \[2\]:/);
  assert.equal(at.shell.usage.cells, 2);
});

Deno.test("a usage error is an error in the history, and a printed exception is text on stderr", async () => {
  const usage = answer(error("UsageError", "no `%x`"));
  await using at = await openShell(inTurn(usage, answer(stderr("UsageError: no `%x`\n")), answer(stdout("a\n"))));
  for (const code of ["%x", "print_exc()", "f()"]) await at.shell.runCell(code, { signal });
  const { messages } = at.server.requests[2].body;
  const names = messages.flatMap(({ tool_calls = [] }) =>
    tool_calls.map((call: { function: { name: string } }) => call.function.name)
  );
  assert.deepEqual(names, ["error", "stderr"]);
});

Deno.test("the model receives copied code without its prompts, also in later requests", async () => {
  await using at = await openShell(() =>
    answer(error("NameError", "no", [`  File "<cell>", line 2, in <module>`, "NameError: no"]))
  );
  const copied = "In [8]: ham = 5\n   ...: spam * 2";
  const { outputs } = await at.shell.runCell(copied, { signal });
  await at.shell.runCell("1", { signal });
  const [[own], [earlier]] = at.server.requests.map(({ body }) =>
    body.messages.filter(({ role }: { role: string }) => role === "user").map(({ content }: { content: string }) =>
      content
    )
  );
  assert.equal(own, "In [1]: Out[1] unless None\nham = 5\nspam * 2");
  assert.equal(earlier, own);
  const shown = outputs.flatMap((output) => output.type === "error" ? output.traceback : []).join("\n");
  assert.match(new ControlFilter(false).filter(shown), /-> 2 spam \* 2/);
  assert.equal(at.shell.history[0].code, copied, "the shell's history keeps the code as it was typed");
});

Deno.test("onWait receives the reason of a delay and its end, and no output remains of it", async () => {
  const limited = { status: 429, headers: { "retry-after": "2" }, body: { error: { message: "Slow down" } } };
  await using server = await startScriptedModel(inTurn(limited, answer(stdout("a\n"))));
  const model = openAIModel(server, { clock: new HastyClock(20) });
  const waits: (string | undefined)[] = [];
  const cell = await new InteractiveShell({ model, cacheKey: "shell" }).runCell("print('a')", {
    signal,
    onWait: (reason) => waits.push(reason),
  });
  assert.match(waits[0]!, /"Slow down"\. It is asked again in 2 s\.$/);
  assert.deepEqual(waits.slice(1), [undefined]);
  assert.deepEqual(cell.outputs, [{ type: "stream", name: "stdout", text: "a\n" }]);
});

Deno.test("a blank cell gets no number and causes no request", async () => {
  await using at = await openShell(() => answer(stdout("a\n")));
  const { executionCount, status, outputs } = await at.shell.runCell(" \n", { signal });
  assert.deepEqual({ executionCount, status, outputs }, { executionCount: 1, status: "success", outputs: [] });
  assert.equal(at.shell.executionCount, 1);
  assert.equal(at.server.requests.length, 0);
});

Deno.test("an interrupted cell keeps its outputs, ends with KeyboardInterrupt and is in the history", async () => {
  await using at = await openShell(() => answer(stdout("begun\n"), gate("never")));
  const stopping = new AbortController();
  const cell = await at.shell.runCell("while True: pass", {
    signal: stopping.signal,
    onChange: () => stopping.abort(new Error("interrupted")),
  });
  assert.equal(cell.status, "interrupted");
  assert.deepEqual(cell.outputs, [
    { type: "stream", name: "stdout", text: "begun\n" },
    keyboardInterrupt({ executionCount: 1, code: "while True: pass" }),
  ]);
  assert.equal(at.shell.history.length, 1);
});

Deno.test("an interrupted cell that has already raised an exception ends with that exception", async () => {
  await using at = await openShell(() => answer(error("ValueError", "v"), gate("never")));
  const stopping = new AbortController();
  const cell = await at.shell.runCell("raise ValueError('v')", {
    signal: stopping.signal,
    onChange: () => stopping.abort(new Error("interrupted")),
  });
  assert.equal(cell.status, "interrupted");
  assert.deepEqual(cell.outputs.map((output) => output.type === "error" && output.ename), ["ValueError"]);
});

Deno.test("a cell whose model request fails gets a number but is not in the history", async () => {
  await using at = await openShell(() => answer(text("I would rather talk.")));
  const { status } = await at.shell.runCell("1", { signal });
  assert.equal(status, "error");
  assert.deepEqual([at.shell.history.length, at.shell.executionCount], [0, 2]);
});

Deno.test("outputs are cleared immediately, or with wait when the next output arrives", async () => {
  const changes: string[] = [];
  const onChange = (change: OutputChange) => changes.push(change.type);
  const clear = (wait: boolean) => call("display", { data: {}, metadata: { clear_output: true, wait } });
  const answers = [
    answer(stdout("a"), clear(false), stdout("b"), clear(true), stdout("c")),
    answer(stdout("a"), clear(true)),
  ];
  await using at = await openShell(() => answers.shift()!);
  const { outputs } = await at.shell.runCell("loop()", { signal, onChange });
  assert.deepEqual(outputs, [{ type: "stream", name: "stdout", text: "c" }]);
  assert.deepEqual(changes, ["added", "cleared", "added", "cleared", "added"]);
  const kept = await at.shell.runCell("loop()", { signal });
  assert.deepEqual(kept.outputs, [{ type: "stream", name: "stdout", text: "a" }]);
});

Deno.test("an update changes the displays with its display id in every cell", async () => {
  const show = (shown: string, metadata: { [key: string]: string | boolean }) =>
    call("display", { data: { "text/plain": shown }, metadata });
  const answers = [
    answer(show("old", { display_id: "d" }), show("other", { display_id: "e" })),
    answer(show("new", { display_id: "d", update: true })),
  ];
  await using at = await openShell(() => answers.shift()!);
  await at.shell.runCell("h = display('old', display_id='d')", { signal });
  const { outputs } = await at.shell.runCell("h.update('new')", { signal });
  assert.deepEqual(outputs, []);
  assert.deepEqual(
    at.shell.history[0].outputs.map((output) => output.type === "display_data" && output.data["text/plain"]),
    ["new", "other"],
  );
});

Deno.test("a MIME bundle from the model is normalized", async () => {
  await using at = await openShell(() => answer(call("execute_result", { data: { "text/html": ["<b>", "x</b>"] } })));
  const { outputs } = await at.shell.runCell("table", { signal });
  assert.deepEqual(outputs, [{
    type: "execute_result",
    data: { "text/html": "<b>x</b>", "text/plain": "<IPython.core.display.HTML object>" },
  }]);
});

Deno.test("a cell that raises an exception has the status error", async () => {
  await using at = await openShell(() => answer(error("ValueError", "no", ["ValueError: no"])));
  const cell = await at.shell.runCell("raise ValueError('no')", { signal });
  assert.deepEqual([cell.status, cell.error], ["error", "ValueError: no"]);
});
