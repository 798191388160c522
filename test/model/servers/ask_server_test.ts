import assert from "node:assert/strict";
import { type PathAnswer, startPathServer } from "../../support/path_server.ts";
import { ask, list } from "./ask_server.ts";

/** Answers of servers, the model to ask about, and the facts that are learnt. */
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
  "Ollama with a loaded model": {
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
  "Ollama with a template that omits calls": {
    answers: {
      "/v1/models": list({ id: "someone/own", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion", "tools"], template: "{{ .Tools }}{{ .Content }}" } },
    },
    model: "someone/own",
    form: "calls=text silentCells=joined",
  },
  "Ollama with a model known to make one call at a time": {
    answers: {
      "/v1/models": list({ id: "llama3.1:8b", owned_by: "library" }),
      "/api/show": { body: { capabilities: ["completion", "tools"] } },
    },
    model: "llama3.1:8b",
    form: "parallelCalls=false callsPerTurn=one silentCells=joined",
  },
  "LM Studio with a loaded model": {
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
  "vLLM with an alias for a model that makes one call at a time": {
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
  "vLLM with a model whose template omits calls": {
    answers: { "/v1/models": list({ id: "HuggingFaceTB/SmolLM3-3B", owned_by: "vllm", max_model_len: 65536 }) },
    model: "HuggingFaceTB/SmolLM3-3B",
    form: "calls=text",
    context: 65536,
  },
  "OpenAI with a model that will be switched off": {
    answers: {
      "/v1/models": list({ id: "gpt-4o-mini", owned_by: "system", shutdown_date: "2027-01-14" }),
    },
    model: "gpt-4o-mini",
    shutdown: "2027-01-14",
  },
  "llama.cpp with a model that is not loaded": {
    answers: { "/v1/models": list({ id: "some", owned_by: "llamacpp", context_length: 262144 }) },
    model: "some",
    form: "silentCells=joined",
  },
  "a server without a list of models": {
    answers: {},
    model: "ibm-granite/granite-3.3-8b-instruct",
    form: "calls=text",
  },
  "a server that lists only the name": { answers: { "/v1/models": list({ id: "some" }) }, model: "some" },
};

for (const [name, { answers, model, form, context, shutdown }] of Object.entries(servers)) {
  Deno.test(`askServer() learns the facts from ${name}`, async () => {
    await using server = await startPathServer(answers);
    const facts = await ask(server, model);
    assert.equal(facts.form, form);
    assert.equal(facts.contextLength, context);
    assert.equal(facts.shutdownDate, shutdown);
  });
}
