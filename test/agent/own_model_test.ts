import assert from "node:assert/strict";
import { AIPythonAgent, ConfigurationError, type Model, ModelError, RequestLimiter } from "../../mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";

/** Returns a model that prints a greeting in each cell. */
function greeting(further: Partial<Model> = {}): Model {
  return {
    name: "greeter",
    async *stream() {
      yield { type: "tool_call", index: 0, id: "1", name: "stdout" };
      yield { type: "tool_call_delta", index: 0, delta: '{"text": "Good morning!\\n"}' };
      yield { type: "finish", reason: "stop" };
      yield { type: "usage", usage: { input: 10, cachedInput: 0, output: 3 } };
    },
    ...further,
  };
}

const notebook = { notebookId: "n", authToken: "t", environment: {} };

/** Returns the problems that the constructor reports for these options. */
function issuesOf(options: object) {
  try {
    new AIPythonAgent({ ...notebook, ...options });
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.issues.map(({ message }) => message);
  }
}

Deno.test("an agent with the program's own model runs cells without a model server", async () => {
  await using server = await startSyncServer();
  let warmUps = 0;
  const model = greeting({
    warmUp() {
      warmUps += 1;
      throw new Error("nothing to load");
    },
  });
  const own = { model, baseUrl: undefined, apiKey: undefined };
  await using at = await attach(server, [], own);
  assert.equal(at.agent.model, "greeter");
  const cell = at.person.addCell("greet()");
  await at.person.requestIs(at.person.run(cell), "completed");
  assert.equal(at.person.text(cell), "Good morning!\n");
  const { cells, requests, input, output, cost } = at.agent.usage;
  assert.deepEqual([cells, requests, input, output, cost, warmUps], [1, 1, 10, 3, undefined, 1]);
  assert.deepEqual([at.model.requests.length, at.model.listings.length], [0, 0]);
});

Deno.test("an agent with the program's own model reports its failures and continues", async () => {
  await using server = await startSyncServer();
  const failures = [new ModelError("rate_limited", "Too many. Wait."), new TypeError("fetch failed")];
  const answering = greeting();
  const model = greeting({
    stream(request) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return answering.stream(request);
    },
  });
  await using at = await attach(server, [], { model, baseUrl: undefined, apiKey: undefined });
  const messages: unknown[] = [];
  for (const status of ["failed", "failed", "completed"] as const) {
    await at.person.requestIs(at.person.run(at.person.addCell("greet()")), status);
    messages.push(at.agent.modelFailure?.message);
  }
  assert.deepEqual(messages, ["Too many. Wait.", "greeter failed: TypeError: fetch failed", undefined]);
});

Deno.test("an agent with the program's own model waits for a shared request limiter", async () => {
  await using server = await startSyncServer();
  const requestLimiter = new RequestLimiter(1);
  const held = await requestLimiter.acquire(new AbortController().signal);
  const options = { model: greeting(), requestLimiter, baseUrl: undefined, apiKey: undefined };
  await using at = await attach(server, [], options);
  const cell = at.person.addCell("greet()");
  const request = at.person.run(cell);
  await at.person.requestIs(request, "executing");
  assert.equal(at.person.text(cell), "");
  held.release();
  await at.person.requestIs(request, "completed");
});

Deno.test("the program's own model needs no API key and ignores the variables of a model server", () => {
  const environment = { OPENAI_BASE_URL: "nonsense", AIPYTHON_MODEL: "gpt-4o", AIPYTHON_HEADERS: "?" };
  const { settings, model } = new AIPythonAgent({ ...notebook, environment, model: greeting() });
  assert.deepEqual([model, settings.model, settings.apiKey], ["greeter", "greeter", undefined]);
  assert.equal(new URL(settings.baseUrl).hostname, "own-model.invalid");
});

Deno.test("AIPythonAgent() rejects an invalid model, and options of a model server beside the program's own model", () => {
  assert.deepEqual(
    issuesOf({ model: greeting(), apiKey: "sk-1", baseUrl: "https://gateway.example", stallTimeout: 3 }),
    [
      "apiKey has no effect with your own model, which does not use a model server: leave out one of the two",
      "baseUrl has no effect with your own model, which does not use a model server: leave out one of the two",
      "stallTimeout has no effect with your own model, which does not use a model server: leave out one of the two",
    ],
  );
  const [message] = issuesOf({ model: { name: "half" }, apiKey: "sk-1" })!;
  assert.match(message, /^wrong model that is an object .*expected/);
  assert.match(issuesOf({ model: greeting(), maxCostPerSession: 1 })!.join(), /missing price: .*greeter/);
});
