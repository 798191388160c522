import assert from "node:assert/strict";
import { listModels } from "../../../src/model/list_models.ts";
import { describeForm } from "../../../src/model/request_form.ts";
import { askServer } from "../../../src/model/servers/ask_server.ts";
import type { ServerFacts } from "../../../src/model/servers/server_facts.ts";
import { type ChatTemplate, chatTemplates } from "../../support/chat_templates.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import type { PlainResponse, ScriptedModelServer } from "../../support/scripted_model_server.ts";
import { type PathAnswer, startPathServer } from "../../support/path_server.ts";

const never = new AbortController().signal;

/** The answer to `GET /v1/models` of llama.cpp 0.7.0, shortened. */
const models = {
  body: {
    object: "list",
    data: [{
      id: "/models/some.gguf",
      object: "model",
      owned_by: "llamacpp",
      meta: { n_ctx: 16384, n_ctx_train: 262144 },
    }],
  },
};

/** The answer to `GET /props`, shortened. */
const props = (caps?: object, template = "{{ messages }}"): PlainResponse => ({
  body: { default_generation_settings: { n_ctx: 8192 }, chat_template: template, chat_template_caps: caps },
});

/** Makes answers like those of `/apply-template`. */
const rendering = (template: ChatTemplate): PathAnswer => ({ body }) => {
  try {
    return { body: { prompt: template(body) } };
  } catch (error) {
    const message = `Value is not callable: null\nError: Jinja Exception: ${(error as Error).message}`;
    return { status: 400, body: { error: { code: 400, message, type: "invalid_request_error" } } };
  }
};

async function ask(server: ScriptedModelServer): Promise<ServerFacts> {
  const whom = { baseUrl: server.baseUrl, apiKey: TEST_KEY };
  return await askServer({ ...whom, model: "some", list: await listModels(whom, never) }, never);
}

/** llama.cpp's description of its templates, and the form that they require. */
const families: Record<keyof typeof chatTemplates, { caps?: object; form: string }> = {
  qwen: { caps: { supports_tools: true, supports_parallel_tool_calls: true }, form: "bridge=false silentCells=joined" },
  llama3: {
    caps: { supports_tools: true, supports_parallel_tool_calls: false },
    form: "parallelCalls=false callsPerTurn=one bridge=false silentCells=joined",
  },
  gptOss: { form: "parallelCalls=false callsPerTurn=one bridge=false silentCells=joined" },
  lfm2: { caps: { supports_tools: true, supports_parallel_tool_calls: true }, form: "calls=text silentCells=joined" },
  deepSeek31: { form: "calls=text silentCells=joined" },
  deepSeekR1: { form: "bridge=false contentBesideCalls=false silentCells=joined" },
  mistralNemo: { form: "bridge=false silentCells=joined system=user" },
  gemma2: { caps: { supports_tools: false }, form: "calls=text joinUsers=true silentCells=joined system=user" },
};

for (const [name, { caps, form }] of Object.entries(families)) {
  const template = chatTemplates[name as keyof typeof chatTemplates];
  Deno.test(`askServer() finds a form that a template like ${name}'s renders completely`, async () => {
    await using server = await startPathServer({
      "/v1/models": models,
      "/props": props(caps),
      "/apply-template": rendering(template),
    });
    const facts = await ask(server);
    assert.equal(facts.form && describeForm(facts.form), form);
    assert.equal(facts.contextLength, 8192);
    assert.ok(server.requests.length <= 16, `${server.requests.length} questions`);
    for (const { headers } of [...server.listings, ...server.requests]) {
      assert.equal(headers.authorization, `Bearer ${TEST_KEY}`);
    }
  });
}

Deno.test("askServer() asks a llama.cpp server with several models about the one of the request", async () => {
  await using server = await startPathServer({
    "/v1/models": {
      body: { data: ["other", "some"].map((id) => ({ id, owned_by: "llamacpp", context_length: 262144 })) },
    },
    "/props": props(),
    "/apply-template": rendering(chatTemplates.qwen),
  });
  await ask(server);
  assert.deepEqual(server.listings.map(({ path }) => path), ["/v1/models", "/props?model=some"]);
  assert.deepEqual(server.requests.map(({ body }) => body.model), ["some", "some"]);
});

Deno.test("askServer() trusts the description of a llama.cpp server that cannot render", async () => {
  const caps = { supports_tools: true, supports_parallel_tool_calls: false };
  await using server = await startPathServer({ "/v1/models": models, "/props": props(caps) });
  const { form } = await ask(server);
  assert.equal(form && describeForm(form), "parallelCalls=false callsPerTurn=one silentCells=joined");
  assert.equal(server.requests.length, 1);
});

const unparsed: [family: string, template: string, form: string][] = [
  ["MiniMax M1", "{{ '<beginning_of_sentence>ai name=' }}", "calls=text silentCells=joined"],
  ["MiniMax M2", "{{ '<minimax:tool_call>' }}", "calls=text silentCells=joined"],
  ["Functionary 3.2", "{{ '>>>all' }}", "parallelCalls=false callsPerTurn=one bridge=false silentCells=joined"],
];

for (const [family, template, expected] of unparsed) {
  Deno.test(`askServer() chooses another form for ${family}, whose calls llama.cpp does not parse`, async () => {
    await using server = await startPathServer({
      "/v1/models": models,
      "/props": props({ supports_tools: true, supports_parallel_tool_calls: true }, template),
      "/apply-template": rendering(chatTemplates.qwen),
    });
    const { form } = await ask(server);
    assert.equal(form && describeForm(form), expected);
  });
}

Deno.test("askServer() uses each word of its probes once in a request", async () => {
  await using server = await startPathServer({
    "/v1/models": models,
    "/props": props(),
    "/apply-template": rendering(chatTemplates.qwen),
  });
  await ask(server);
  const [first, next] = server.requests.map(({ body }) => JSON.stringify(body));
  for (const word of ["quillomar", "trevastin", "molfrenic", "gurbanol", "frolantic", "abrintal", "esperlon"]) {
    assert.equal(first.split(word).length, 2, word);
  }
  for (const word of ["yarbleton", "bresquith"]) assert.equal(next.split(word).length, 2, word);
});
