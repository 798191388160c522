import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { listModels } from "../../../src/model/list_models.ts";
import { describeForm } from "../../../src/model/request_form.ts";
import { askServer, type ServerFactsOptions } from "../../../src/model/servers/ask_server.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import type { ScriptedModelServer } from "../../support/scripted_model_server.ts";
import { type PathAnswer, startToldServer } from "../../support/told_server.ts";

const never = new AbortController().signal;

/** A server's list of one model. */
const list = (entry: object): PathAnswer => ({ body: { object: "list", data: [{ object: "model", ...entry }] } });

/** Asks a server about a model, and describes the form. */
async function ask(
  server: Pick<ScriptedModelServer, "baseUrl">,
  model: string,
  options: Partial<ServerFactsOptions> = {},
  signal = never,
) {
  const whom = { baseUrl: server.baseUrl, apiKey: TEST_KEY };
  const { form, ...facts } = await askServer(
    { ...whom, model, list: await listModels(whom, never), ...options },
    signal,
  );
  return { form: form && describeForm(form), ...facts };
}

/** Servers as they answer, the model to ask about, and what is learnt. */
const servers: Record<
  string,
  { answers: Record<string, PathAnswer>; model: string; form?: string; context?: number; shutdown?: string }
> = {
  "Ollama with a model that takes tools": {
    answers: {
      "/v1/models": {
        body: {
          data: [
            { id: "hf.co/someone/llama-3", owned_by: "someone" },
            { id: "qwen3:latest", owned_by: "library", shutdown_date: "2027-01-14" },
          ],
        },
      },
      "/api/show": {
        body: {
          parameters: 'num_ctx                        32768\nstop                           "<|im_end|>"',
          template: "{{ if .Tools }}{{ .Tools }}{{ end }}{{ range .Messages }}{{ .ToolCalls }}{{ end }}",
          model_info: { "qwen3.context_length": 40960 },
          capabilities: ["completion", "tools", "thinking"],
        },
      },
      "/api/ps": { body: { models: [] } },
    },
    model: "qwen3",
    form: "silentCells=joined",
    context: 32768,
    shutdown: "2027-01-14",
  },
  "Ollama with a model that is loaded": {
    answers: {
      "/v1/models": list({ id: "qwen3:8b", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion", "tools"], model_info: { "qwen3.context_length": 40960 } } },
      "/api/ps": { body: { models: [{ name: "qwen3:8b", model: "qwen3:8b", context_length: 4096 }] } },
    },
    model: "qwen3:8b",
    form: "silentCells=joined",
    context: 4096,
  },
  "Ollama with a model without tools": {
    answers: {
      "/v1/models": list({ id: "gemma2:2b", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion"] } },
    },
    model: "gemma2:2b",
    form: "calls=text silentCells=joined",
  },
  "Ollama with a template that loses calls": {
    answers: {
      "/v1/models": list({ id: "someone/own", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion", "tools"], template: "{{ .Tools }}{{ .Content }}" } },
    },
    model: "someone/own",
    form: "calls=text silentCells=joined",
  },
  "Ollama with a model that is known to make one call": {
    answers: {
      "/v1/models": list({ id: "llama3.1:8b", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion", "tools"] } },
    },
    model: "llama3.1:8b",
    form: "parallelCalls=false callsPerTurn=one silentCells=joined",
  },
  "LM Studio with a model that is loaded": {
    answers: {
      "/v1/models": list({ id: "qwen2.5-7b", owned_by: "organization_owner" }),
      "/api/v0/models": list({
        id: "qwen2.5-7b",
        type: "llm",
        state: "loaded",
        max_context_length: 32768,
        loaded_context_length: 4096,
        capabilities: ["tool_use"],
      }),
    },
    model: "qwen2.5-7b",
    form: "silentCells=joined",
    context: 4096,
  },
  "LM Studio with a model that was not trained for tools": {
    answers: {
      "/v1/models": list({ id: "gemma-2-9b-it", owned_by: "organization_owner" }),
      "/api/v0/models": list({
        id: "gemma-2-9b-it",
        state: "not-loaded",
        max_context_length: 8192,
        capabilities: [],
      }),
    },
    model: "gemma-2-9b-it",
    form: "calls=text silentCells=joined",
  },
  "OpenRouter with a model without tools": {
    answers: {
      "/v1/models": list({
        id: "some/model:free",
        context_length: 131072,
        top_provider: { context_length: 32768 },
        supported_parameters: ["max_tokens", "temperature"],
      }),
    },
    model: "some/model:free",
    form: "calls=text",
    context: 32768,
  },
  "OpenRouter with a model that takes tools": {
    answers: {
      "/v1/models": list({
        id: "some/model",
        context_length: 131072,
        top_provider: { context_length: null },
        supported_parameters: ["temperature", "tools", "tool_choice"],
      }),
    },
    model: "some/model",
    context: 131072,
  },
  "Mistral with a model without tools": {
    answers: {
      "/v1/models": list({ id: "some", capabilities: { function_calling: false }, max_context_length: 32768 }),
    },
    model: "some",
    form: "calls=text",
    context: 32768,
  },
  "vLLM with an alias for a model that makes one call": {
    answers: {
      "/v1/models": list({
        id: "chat",
        owned_by: "vllm",
        root: "meta-llama/Llama-3.3-70B-Instruct",
        max_model_len: 65536,
      }),
    },
    model: "chat",
    form: "parallelCalls=false callsPerTurn=one",
    context: 65536,
  },
  "vLLM with a model that loses calls": {
    answers: { "/v1/models": list({ id: "HuggingFaceTB/SmolLM3-3B", owned_by: "vllm", max_model_len: 65536 }) },
    model: "HuggingFaceTB/SmolLM3-3B",
    form: "calls=text",
    context: 65536,
  },
  "OpenAI with a model that will be gone": {
    answers: {
      "/v1/models": list({ id: "gpt-4o-mini", owned_by: "system", shutdown_date: "2027-01-14" }),
    },
    model: "gpt-4o-mini",
    shutdown: "2027-01-14",
  },
  "llama.cpp with a model that it does not load": {
    answers: { "/v1/models": list({ id: "some", owned_by: "llamacpp", context_length: 262144 }) },
    model: "some",
    form: "silentCells=joined",
  },
  "a server without a list of models": {
    answers: {},
    model: "ibm-granite/granite-3.3-8b-instruct",
    form: "calls=text",
  },
  "a server that says nothing": { answers: { "/v1/models": list({ id: "some" }) }, model: "some" },
};

for (const [name, { answers, model, form, context, shutdown }] of Object.entries(servers)) {
  Deno.test(`askServer() learns from ${name}`, async () => {
    await using server = await startToldServer(answers);
    const facts = await ask(server, model);
    assert.equal(facts.form, form);
    assert.equal(facts.contextLength, context);
    assert.equal(facts.shutdownDate, shutdown);
  });
}

Deno.test("askServer() takes a service at its word, and does not ask it", async () => {
  const entry = { id: "openai/gpt-oss-120b", ownedBy: "llamacpp", contextLength: 131072 };
  const whom = { baseUrl: "https://openrouter.ai/api/v1", apiKey: TEST_KEY, model: entry.id };
  const lines: string[] = [];
  const logger = { ...silentLogger, debug: (message: string) => void lines.push(message) };
  const facts = await askServer({ ...whom, list: { status: 200, entries: [entry] }, logger }, never);
  assert.deepEqual(facts, { form: undefined, contextLength: 131072, shutdownDate: undefined });
  assert.deepEqual(lines, [], "it was not asked in vain");
});

Deno.test("askServer() asks only a server that says of itself that it can be asked", async () => {
  await using server = await startToldServer({ "/v1/models": list({ id: "some", owned_by: "someone" }) });
  await ask(server, "some");
  assert.deepEqual(server.listings.map(({ path }) => path), ["/v1/models"]);
  assert.deepEqual(server.requests, []);
});

/** Servers that say that they can be asked, and then do not answer sensibly. */
const liars: Record<string, PathAnswer> = {
  "a web page": { headers: { "content-type": "text/html" }, body: "<html><title>Welcome</title></html>" },
  "null": { body: null },
  "other types": {
    body: {
      prompt: 1,
      chat_template: 1,
      chat_template_caps: "all",
      default_generation_settings: [{ n_ctx: "8192" }],
      capabilities: "tools",
      parameters: 7,
      models: {},
      data: "none",
    },
  },
  "numbers that are not counts": {
    body: { default_generation_settings: { n_ctx: -1 }, data: [{ id: "some", max_context_length: 1e300 }] },
  },
  "an error": { status: 500, body: { error: { message: "no" } } },
  "more than anybody reads": { body: "[".padEnd(5_000_000, " ") },
};

for (const owner of ["llamacpp", "library", "organization_owner"]) {
  for (const [name, answer] of Object.entries(liars)) {
    Deno.test(`askServer() learns nothing from a server of ${owner} that answers with ${name}`, async () => {
      await using server = await startToldServer({
        "/v1/models": list({ id: "some", owned_by: owner }),
        "/props": answer,
        "/apply-template": answer,
        "/api/show": answer,
        "/api/ps": answer,
        "/api/v0/models": answer,
      });
      const { form, contextLength } = await ask(server, "some");
      assert.deepEqual({ form, contextLength }, { form: "silentCells=joined", contextLength: undefined });
    });
  }
}

for (const owner of ["llamacpp", "library", "organization_owner"]) {
  Deno.test(`askServer() follows no redirect of a server of ${owner}`, async () => {
    await using other = await startToldServer({});
    const answer = { status: 307, headers: { location: `http://${other.host}/stolen` } };
    await using server = await startToldServer({
      "/v1/models": list({ id: "some", owned_by: owner }),
      "/props": answer,
      "/apply-template": answer,
      "/api/show": answer,
      "/api/ps": answer,
      "/api/v0/models": answer,
    });
    assert.equal((await ask(server, "some")).form, "silentCells=joined");
    assert.deepEqual([...other.listings, ...other.requests], []);
  });
}

for (const owner of ["llamacpp", "library", "organization_owner"]) {
  Deno.test(`askServer() does not wait longer than a few seconds for a server of ${owner}`, async () => {
    const asked = Promise.withResolvers<void>();
    const hang = () => (asked.resolve(), new Promise<never>(() => {}));
    await using server = await startToldServer({
      "/v1/models": list({ id: "gpt-oss-20b", owned_by: owner, max_model_len: 4096, meta: { n_ctx: 4096 } }),
      "/props": hang,
      "/api/show": hang,
      "/api/v0/models": hang,
    });
    const clock = new ManualClock();
    const lines: [string, LogFields?][] = [];
    const logger = { ...silentLogger, debug: (...line: [string, LogFields?]) => void lines.push(line) };
    const asking = ask(server, "gpt-oss-20b", { clock, logger });
    await asked.promise;
    clock.advance(4_000);
    const { form, formByName, contextLength } = await asking;
    assert.deepEqual(
      { form, formByName, contextLength },
      { form: "parallelCalls=false callsPerTurn=one silentCells=joined", formByName: true, contextLength: 4096 },
      "what is known without an answer",
    );
    assert.deepEqual(lines, [[
      "the model server does not describe its model",
      { message: "Error: no answer within 4 s" },
    ]]);
  });
}

Deno.test("askServer() stops when it is told to", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await startToldServer({
    "/v1/models": list({ id: "some", owned_by: "llamacpp" }),
    "/props": () => (asked.resolve(), new Promise<never>(() => {})),
  });
  const stop = new AbortController();
  const asking = ask(server, "some", {}, stop.signal);
  await asked.promise;
  stop.abort(new Error("told to"));
  await assert.rejects(asking, /told to/);
});
