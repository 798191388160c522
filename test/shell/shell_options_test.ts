import assert from "node:assert/strict";
import {
  CellOutputs,
  type CellTrace,
  ConfigurationError,
  InteractiveShell,
  type InteractiveShellOptions,
  type Logger,
  type Model,
  type ModelEvent,
} from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";

/** Returns a model that answers each request with one tool call. */
function calling(name: string, args: object): Model {
  return {
    name: "calling",
    async *stream() {
      yield* [
        { type: "tool_call", index: 0, id: "1", name },
        { type: "tool_call_delta", index: 0, delta: JSON.stringify(args) },
        { type: "finish", reason: "tool_calls" },
      ] satisfies ModelEvent[];
    },
  };
}

const printing = calling("stdout", { text: "the key is sk-secret\n" });

Deno.test("a shell requires only a model, and runCell() requires only code", async () => {
  const shell = new InteractiveShell({ model: printing });
  const { executionCount, status, outputs } = await shell.runCell("print(key)");
  assert.deepEqual([executionCount, status], [1, "success"]);
  assert.deepEqual(outputs, [{ type: "stream", name: "stdout", text: "the key is sk-secret\n" }]);
});

Deno.test("two shells without a cache key use different ones", async () => {
  const keys: unknown[] = [];
  const model: Model = {
    name: "watched",
    stream(request) {
      keys.push(request.cacheKey);
      return printing.stream(request);
    },
  };
  for (const shell of [new InteractiveShell({ model }), new InteractiveShell({ model })]) await shell.runCell("1");
  assert.equal(new Set(keys).size, 2);
  assert.ok(keys.every((key) => typeof key === "string"));
});

Deno.test("runCell() writes to a custom context", async (t) => {
  const shell = new InteractiveShell({ model: printing });
  await t.step("a custom context receives the outputs that the shell keeps", async () => {
    const context = new CellOutputs();
    const { outputs } = await shell.runCell("print(key)", { context });
    assert.deepEqual(context.outputs, outputs);
  });
  await t.step("a custom context receives the KeyboardInterrupt of an interrupted cell", async () => {
    const controller = new AbortController();
    const context = new CellOutputs({ onChange: () => controller.abort() });
    const { status, outputs } = await shell.runCell("print(key)", { context, signal: controller.signal });
    assert.equal(status, "interrupted");
    assert.deepEqual(context.outputs, outputs);
    assert.equal(outputs.at(-1)?.type, "error");
  });
  await t.step("runCell() rejects when the context fails", async () => {
    const context = Object.assign(new CellOutputs(), { flush: () => Promise.reject(new Error("the page is gone")) });
    await assert.rejects(shell.runCell("print(key)", { context }), /the page is gone/);
  });
});

Deno.test("a cell asks through its context when the shell has input", async () => {
  const shell = new InteractiveShell({ model: calling("input", { prompt: "Name? " }), hasInput: true });
  const controller = new AbortController();
  const asked: string[] = [];
  const context = new CellOutputs({
    onInput: ({ prompt }) => {
      asked.push(prompt);
      controller.abort();
      return Promise.reject(controller.signal.reason);
    },
  });
  await shell.runCell("input('Name? ')", { context, signal: controller.signal });
  assert.deepEqual(asked, ["Name? "]);
});

Deno.test("onTrace receives a record without secrets, and an error that it throws is logged", async () => {
  const traces: CellTrace[] = [];
  const logged: string[] = [];
  const logger: Logger = { ...silentLogger, error: (message) => logged.push(message) };
  const shell = new InteractiveShell({
    model: printing,
    secrets: ["sk-secret"],
    logger,
    onTrace: (trace) => {
      traces.push(trace);
      throw new Error("no room");
    },
  });
  const { status } = await shell.runCell("print(key)");
  assert.equal(status, "success");
  const [{ requests: [{ reply, attempts, turns }], model }] = traces;
  assert.deepEqual([model, attempts, turns.length], ["calling", 1, 1]);
  assert.match(JSON.stringify(reply), /the key is \[hidden\]/);
  assert.equal(logged.length, 1);
});

Deno.test("a shell reports everything that is wrong with its options and with those of a cell", async () => {
  const wrong = { model: {}, price: { input: "1" }, hasInput: 1, maxTokensPerSession: 1.5, cachekey: "a" };
  assert.throws(() => new InteractiveShell(wrong as unknown as InteractiveShellOptions), (error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.deepEqual(error.issues.map(({ option }) => option), [
      undefined,
      "model",
      "price",
      "hasInput",
      "maxTokensPerSession",
    ]);
    assert.match(error.message, /unknown option cachekey: did you mean cacheKey\?/);
    return true;
  });
  const shell = new InteractiveShell({ model: printing });
  await assert.rejects(
    shell.runCell("1", { signal: "soon" } as object),
    /wrong option signal "soon": expected an AbortSignal/,
  );
});
