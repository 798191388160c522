/**
 * Cells of a shell that ask for input, and that input in the history of later cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError } from "../../src/errors.ts";
import type { InputRequest } from "../../src/execution/execution_context.ts";
import { OUTPUT_OMITTED } from "../../src/execution/prompt/system_prompt.ts";
import { InteractiveShell, type InteractiveShellOptions } from "../../src/shell/interactive_shell.ts";
import type { WireMessage } from "../support/cell_run.ts";
import { openAIModel } from "../support/model_requests.ts";
import { answer, call, display, result, stdout, type Step } from "../support/scripted_answer.ts";
import { inTurn, type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

const signal = new AbortController().signal;

const ask = (prompt: string, password = false): Step[] => call("input", { prompt, ...(password && { password }) });

/** Opens a shell with input whose model answers according to a script. */
async function openShell(source: ScriptSource, options: Partial<InteractiveShellOptions> = {}) {
  const server = await startScriptedModel(source);
  const shell = new InteractiveShell({ model: openAIModel(server), cacheKey: "shell", hasInput: true, ...options });
  return { shell, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Returns an `onInput` that answers with the given lines. */
function person(...lines: (string | Error)[]) {
  const asked: InputRequest[] = [];
  const onInput = (request: InputRequest) => {
    asked.push(request);
    const line = lines.shift()!;
    return typeof line === "string" ? Promise.resolve(line) : Promise.reject(line);
  };
  return { asked, onInput };
}

/** Returns the messages of a request as lines: the role or the tool, and its text. */
function sentTexts(messages: WireMessage[]): string[] {
  return messages.slice(1).flatMap(({ role, content, tool_calls = [] }) => [
    ...(content === null ? [] : [`${role}: ${content}`]),
    ...tool_calls.map(({ function: { name, arguments: args } }) => `${name} ${args}`),
  ]);
}

Deno.test("the history of a later cell contains the typed text between the outputs around it", async () => {
  await using at = await openShell(inTurn(
    answer(stdout("a\n"), ask("name? ")),
    answer(stdout("b\n"), ask("Password: ", true)),
    answer(stdout("c\n"), stdout("d\n")),
    answer(result("'Ada'")),
  ));
  const { onInput, asked } = person("Ada", "s3cret");
  const cell = await at.shell.runCell("f()", { signal, onInput });
  assert.deepEqual(asked, [{ prompt: "name? ", isPassword: false }, { prompt: "Password: ", isPassword: true }]);
  assert.deepEqual(cell.outputs.map((output) => output.type === "stream" && output.text), ["a\n", "b\n", "c\nd\n"]);
  await at.shell.runCell("name", { signal, onInput });
  const [, , last, next] = at.server.requests.map(({ body }) => sentTexts(body.messages));
  const earlier = [
    "user: In [1]: Out[1] unless None\nf()",
    'stdout {"text":"a\\n"}',
    'input {"prompt":"name? "}',
    "tool: ok",
    'tool: {"typed":"Ada"}',
    'stdout {"text":"b\\n"}',
    'input {"prompt":"Password: ","password":true}',
    "tool: ok",
    'tool: {"typed":"s3cret"}',
  ];
  assert.deepEqual(last, earlier, "the history repeats the messages of the cell's last request");
  assert.deepEqual(next, [
    ...earlier,
    'stdout {"text":"c\\nd\\n"}',
    "tool: ok",
    "assistant: (done)",
    "user: In [2]: Out[2] unless None\nname",
  ]);
  const ids = (messages: WireMessage[]) => messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
  const [, , request, nextRequest] = at.server.requests.map(({ body }) => ids(body.messages));
  assert.deepEqual(
    nextRequest.slice(0, 4),
    request,
    "the ids are the same, so the provider's prompt cache can be used",
  );
});

Deno.test("the history keeps the order of input and outputs in a cell", async () => {
  await using at = await openShell(inTurn(
    answer(ask("? ")),
    answer(stdout("a\n")),
    answer(stdout("b\n"), ask("? ")),
    answer(),
    answer(stdout("c\n")),
  ));
  const { onInput } = person("", new EndOfInputError());
  await at.shell.runCell("f()", { signal, onInput });
  await at.shell.runCell("g()", { signal, onInput });
  await at.shell.runCell("h()", { signal, onInput });
  assert.deepEqual(sentTexts(at.server.requests.at(-1)!.body.messages), [
    "user: In [1]: Out[1] unless None\nf()",
    'input {"prompt":"? "}',
    'tool: {"typed":""}',
    'stdout {"text":"a\\n"}',
    "tool: ok",
    "assistant: (done)",
    "user: In [2]: Out[2] unless None\ng()",
    'stdout {"text":"b\\n"}',
    'input {"prompt":"? "}',
    "tool: ok",
    'tool: {"raises":"EOFError: EOF when reading a line"}',
    "assistant: (done)",
    "user: In [3]: Out[3] unless None\nh()",
  ]);
});

Deno.test("the history keeps the typed text if outputs are omitted or were cleared", async () => {
  const clear = display({ "text/plain": "" }, { clear_output: true });
  await using at = await openShell(
    inTurn(answer(stdout("a\n"), ask("? ")), answer(clear, stdout("b\n")), answer(stdout("c\n"))),
    { includeOutputs: false },
  );
  const { onInput } = person("Ada");
  const cell = await at.shell.runCell("f()", { signal, onInput });
  assert.deepEqual(cell.outputs, [{ type: "stream", name: "stdout", text: "b\n" }]);
  assert.equal(at.shell.history[0].inputs?.[0].position, 0);
  await at.shell.runCell("g()", { signal, onInput });
  assert.deepEqual(sentTexts(at.server.requests.at(-1)!.body.messages).slice(1, -1), [
    'input {"prompt":"? "}',
    'tool: {"typed":"Ada"}',
    `assistant: ${OUTPUT_OMITTED}`,
  ]);
});

Deno.test("a shell without input offers five tools even if a cell has onInput", async () => {
  await using at = await openShell(answer(stdout("a\n")), { hasInput: false });
  await at.shell.runCell("f()", { signal, onInput: person("Ada").onInput });
  assert.equal(at.server.requests[0].body.tools.length, 5);
});

Deno.test("input() raises StdinNotImplementedError in a cell without onInput", async () => {
  await using at = await openShell(inTurn(answer(ask("? ")), answer(stdout("a\n"))));
  const { status } = await at.shell.runCell("f()", { signal });
  assert.equal(status, "success");
  assert.equal(at.server.requests[0].body.tools.length, 6);
  assert.match(at.server.requests[1].body.messages.at(-1).content, /^\{"raises":"StdinNotImplementedError: /);
});

Deno.test("a cell that is interrupted during input ends with KeyboardInterrupt, and a late answer is ignored", async () => {
  await using at = await openShell(
    inTurn(answer(ask("1? ")), answer(stdout("a\n"), ask("2? ")), answer(stdout("b\n"))),
  );
  const interruption = new AbortController();
  const late = Promise.withResolvers<string>();
  const { status, outputs } = await at.shell.runCell("f()", {
    signal: interruption.signal,
    onInput: ({ prompt }) => {
      if (prompt === "1? ") return Promise.resolve("typed");
      interruption.abort(new Error("interrupted"));
      return late.promise;
    },
  });
  assert.equal(status, "interrupted");
  assert.deepEqual(outputs.map((output) => output.type === "error" ? output.ename : output.type), [
    "stream",
    "KeyboardInterrupt",
  ]);
  late.resolve("too late");
  await late.promise;
  await at.shell.runCell("g()", { signal });
  await at.shell.runCell("h()", { signal });
  const later = JSON.stringify(at.server.requests[3].body.messages.slice(1));
  assert.match(later, /1\? .*typed.*KeyboardInterrupt/);
  assert.doesNotMatch(later, /2\? |too late/);
});
