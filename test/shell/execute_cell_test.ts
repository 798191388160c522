import assert from "node:assert/strict";
import {
  CellOutputs,
  type CellSettings,
  ConfigurationError,
  executeCell,
  type ExecuteCellOptions,
  type Model,
  type ModelRequest,
} from "../../mod.ts";

/** Returns a model whose result is 4, and the requests that it receives. */
function showing4(): { model: Model; requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  const model: Model = {
    name: "four",
    async *stream(request) {
      requests.push(request);
      yield { type: "tool_call", index: 0, id: "1", name: "execute_result" };
      yield { type: "tool_call_delta", index: 0, delta: '{"data": {"text/plain": "4"}}' };
      yield { type: "finish", reason: "tool_calls" };
    },
  };
  return { model, requests };
}

/** Returns the problems that the call reports for these options. */
async function issuesOf(options: object): Promise<string[]> {
  const error = await executeCell("1", options as ExecuteCellOptions).catch((error) => error);
  assert.ok(error instanceof ConfigurationError, String(error));
  return error.issues.map(({ message }) => message);
}

Deno.test("executeCell() requires only a model and a context", async () => {
  const { model, requests } = showing4();
  const context = new CellOutputs();
  const { status, usage } = await executeCell("2 + 2", { model, context });
  assert.deepEqual([status, usage?.requests], ["success", 1]);
  assert.deepEqual(context.outputs, [{ type: "execute_result", data: { "text/plain": "4" } }]);
  const [{ messages, tools }] = requests;
  assert.deepEqual(messages.map(({ role }) => role), ["system", "user"]);
  assert.match(messages[1].content!, /In \[1\]/);
  assert.equal(tools.length, 5);
});

Deno.test("executeCell() numbers a cell after the cells of its history", async () => {
  const { model, requests } = showing4();
  const history = [{ executionCount: 7, code: "eggs = 2", outputs: [] }];
  await executeCell("eggs + 2", { model, context: new CellOutputs(), history });
  assert.match(requests[0].messages.at(-1)!.content!, /In \[8\]/);
  await executeCell("eggs + 2", { model, context: new CellOutputs(), history, executionCount: 12 });
  assert.match(requests[1].messages.at(-1)!.content!, /In \[12\]/);
});

Deno.test("executeCell() offers the input tool when the context has input", async () => {
  const { model, requests } = showing4();
  await executeCell("2 + 2", { model, context: new CellOutputs({ onInput: () => Promise.resolve("") }) });
  assert.equal(requests[0].tools.at(-1)?.name, "input");
});

Deno.test("executeCell() uses the documented defaults for its settings", async () => {
  const { model, requests } = showing4();
  const history = Array.from({ length: 30 }, (_, index) => ({
    executionCount: index + 1,
    code: `print(${index})`,
    outputs: [{ type: "stream" as const, name: "stdout" as const, text: `${index}\n` }],
  }));
  const messagesWith = async (settings: Partial<CellSettings>) => {
    await executeCell("2 + 2", { model, context: new CellOutputs(), history, ...settings });
    return requests.at(-1)!.messages;
  };
  const messages = await messagesWith({});
  assert.deepEqual(messages, await messagesWith({ maxHistoryLength: 20, includeOutputs: true, reasoning: "auto" }));
  assert.notDeepEqual(messages, await messagesWith({ maxHistoryLength: 30 }));
});

Deno.test("executeCell() reports an error that the model throws as a ModelError", async () => {
  const context = new CellOutputs();
  const model: Model = {
    name: "broken",
    stream() {
      throw new TypeError("fetch failed");
    },
  };
  const { status, failure, error } = await executeCell("2 + 2", { model, context });
  assert.deepEqual([status, failure, error], [
    "error",
    "server_error",
    "ModelError: broken failed: TypeError: fetch failed",
  ]);
  const [output] = context.outputs;
  assert.ok(output.type === "error" && output.ename === "ModelError");
});

Deno.test("executeCell() rejects with the signal's reason even if the model ignores the signal", async () => {
  const reason = new Error("late");
  const controller = new AbortController();
  const context = new CellOutputs({ onChange: () => controller.abort(reason) });
  const model: Model = {
    name: "deaf",
    async *stream() {
      yield { type: "tool_call", index: 0, id: "1", name: "stdout" };
      yield { type: "tool_call_delta", index: 0, delta: '{"text": "a\\n"}' };
      await new Promise(() => {});
    },
  };
  const cell = executeCell("print('a')", { model, context, signal: controller.signal });
  assert.equal(await cell.catch((error) => error), reason);
  assert.deepEqual(context.outputs, [{ type: "stream", name: "stdout", text: "a\n" }]);
});

Deno.test("executeCell() reports everything that is wrong with its options", async () => {
  const context =
    "an ExecutionContext: an object with the methods stdout, stderr, executeResult, display, error and flush";
  const model = "a Model: an object with a name and the method stream, such as createModel() makes";
  assert.deepEqual(await issuesOf({}), [`missing model: expected ${model}`, `missing context: expected ${context}`]);
  const wrong = {
    model: "gpt-4o",
    context: {},
    signal: new AbortController(),
    logger: {},
    executionCount: 0,
    maxHistoryLength: -1,
    toolMode: "txt",
    maxHistoryLenght: 3,
  };
  assert.deepEqual(await issuesOf(wrong), [
    "unknown option maxHistoryLenght: did you mean maxHistoryLength?",
    `wrong option model "gpt-4o": expected ${model}`,
    `wrong option context that is an object: expected ${context}`,
    "wrong option executionCount 0: expected a whole number, 1 or more",
    "wrong option signal that is an object: expected an AbortSignal",
    "wrong option logger that is an object: expected an object with the methods debug, info, warn and error",
    "wrong option maxHistoryLength -1: expected a whole number, 0 or more",
    'wrong option toolMode "txt": expected auto, sequential or text',
  ]);
  assert.deepEqual(await issuesOf(null as unknown as object), ["wrong options null: expected an object"]);
});
