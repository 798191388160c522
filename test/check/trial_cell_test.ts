import assert from "node:assert/strict";
import { systemClock } from "../../src/async/clock.ts";
import type { CheckResult } from "../../src/check/check_result.ts";
import { checkModelServer } from "../../src/check/model_checks.ts";
import { createSanitizer } from "../../src/check/sanitize_result.ts";
import { cellSettingNames } from "../../src/execution/cell_settings.ts";
import { SHORT_SYSTEM_PROMPT } from "../../src/execution/prompt/short_system_prompt.ts";
import { silentLogger } from "../../src/logger.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { optionTable } from "../../src/options/option_table.ts";
import type { AIPythonSettings } from "../../src/options/settings.ts";
import { answer, done, finish, result, usage } from "../support/scripted_answer.ts";
import {
  type RecordedRequest,
  type Script,
  type ScriptedModelServer,
  startScriptedModel,
} from "../support/scripted_model_server.ts";

const { settings: complete } = resolveSettings({ notebookId: "n", authToken: "t", apiKey: "k", model: "m" }, {
  environment: {},
});

/** Runs the checks of a model server. */
function check({ baseUrl }: ScriptedModelServer, changes: Partial<AIPythonSettings> = {}): Promise<CheckResult[]> {
  const { notebookId: _, ...settings } = { ...complete, baseUrl, ...changes };
  return Array.fromAsync(checkModelServer({
    settings,
    isModelChosen: true,
    quote: createSanitizer([]).quote,
    logger: silentLogger,
    clock: systemClock,
    signal: new AbortController().signal,
  }));
}

/** Returns the status and the message of a trial cell, on one line. */
function findings(results: readonly CheckResult[], name: "exchange" | "history"): string {
  const found = results.find((each) => each.name === name);
  return `${found?.status}: ${found?.message}`;
}

/** Runs the checks without this setting. Returns the result of the trial cell, and how many requests were sent. */
async function tryCellWithout(name: keyof typeof complete): Promise<{ trial: string; requests: number }> {
  await using server = await startScriptedModel(answer(result("5")), { models: { body: { data: [{ id: "m" }] } } });
  const results = await check(server, { [name]: undefined });
  return { trial: findings(results, "exchange"), requests: server.requests.length };
}

/** The cell settings that may be absent. */
const optional = cellSettingNames.filter((name) => optionTable[name].fallback === undefined);

for (const name of cellSettingNames.filter((name) => !optional.includes(name))) {
  Deno.test(`the trial cell is skipped if the cell setting ${name} is missing`, async () => {
    const { trial, requests } = await tryCellWithout(name);
    assert.match(trial, /^skip: not checked: the .* is missing or wrong$/);
    assert.equal(requests, 0);
  });
}

for (const name of [...optional, "apiKey", "contextLength"] as const) {
  Deno.test(`the trial cell runs without the optional setting ${name}`, async () => {
    const { trial, requests } = await tryCellWithout(name);
    assert.match(trial, /^ok: 2 \+ 3 gives Out: 5/);
    assert.equal(requests, 2);
  });
}

/** Makes a script that answers as a perfect model does. The server reports this many input tokens. */
const perfect = (tokens: number) => ({ body }: RecordedRequest): Script => {
  const [, code = "5"] = /the code is (\d+)/.exec(JSON.stringify(body.messages)) ?? [];
  return [...result(code), ...finish("tool_calls"), ...usage(tokens), ...done()];
};

const systemPrompts = (requests: readonly RecordedRequest[]): string[] =>
  requests.map(({ body }) => body.messages[0].content);

Deno.test("both trial cells use the context length that the server reports", async () => {
  const models = { body: { data: [{ id: "m", max_model_len: 4096 }] } };
  await using server = await startScriptedModel(perfect(1500), { models });
  const results = await check(server);
  assert.match(findings(results, "exchange"), /^ok: .*, 1500 tokens in, 5 out, it reads up to 4096$/);
  assert.equal(results.find(({ name }) => name === "exchange")?.details.contextLength, 4096);
  assert.deepEqual(systemPrompts(server.requests), [SHORT_SYSTEM_PROMPT, SHORT_SYSTEM_PROMPT]);
});

Deno.test("the second trial cell uses facts that the server gives only after it has loaded the model", async () => {
  await using server = await startScriptedModel(({ path, ...request }) => {
    return path === "/api/show" ? { body: { capabilities: ["tools"] } } : perfect(1500)({ path, ...request });
  }, {
    models: ({ path }) => {
      const isLoaded = server.requests.some(({ path }) => path.endsWith("/completions"));
      if (path === "/api/ps") return { body: { models: isLoaded ? [{ name: "m", context_length: 4096 }] : [] } };
      return { body: { data: [{ id: "m", owned_by: "library" }] } };
    },
  });
  const results = await check(server);
  assert.match(findings(results, "exchange"), /^ok: .*, 1500 tokens in, 5 out, asked with silentCells=joined$/);
  assert.match(findings(results, "history"), /, 5 out, it reads up to 4096, asked with silentCells=joined$/);
});

for (
  const [what, value, message] of [["right", "5", /^2 \+ 3 gives Out: 5/], ["wrong", "7", /with Out: 7, not/]] as const
) {
  Deno.test(`a server that truncates the trial cell's request causes a warning if the answer is ${what}`, async () => {
    const cut = [...result(value), ...finish("tool_calls"), ...usage(300), ...done()];
    await using server = await startScriptedModel(cut, { models: { body: { data: [{ id: "m" }] } } });
    const exchange = (await check(server)).find(({ name }) => name === "exchange");
    assert.equal(exchange?.status, "warn");
    assert.match(exchange.message, message);
    assert.match(exchange.remedy!, /^The model server read 300 of .* set OLLAMA_CONTEXT_LENGTH=\d+.*[^.]$/m);
  });
}

Deno.test("a context that is too short for earlier cells causes a warning with advice", async () => {
  const models = { body: { data: [{ id: "m", max_model_len: 2048 }] } };
  await using server = await startScriptedModel(perfect(1500), { models });
  const history = (await check(server)).find(({ name }) => name === "history");
  assert.match(`${history?.status}: ${history?.message}`, /^warn: the model answered code with Out: 5, not with/);
  assert.match(history?.remedy ?? "", /^Give the model a larger context: it reads 2048 tokens/);
});

Deno.test("the advice of a failed trial cell is complete even if the server's message is long", async () => {
  const refusal = { status: 413, body: { error: { message: `Too large. ${"It is long. ".repeat(50)}` } } };
  await using server = await startScriptedModel(refusal, { models: { body: { data: [{ id: "m" }] } } });
  const exchange = (await check(server)).find(({ name }) => name === "exchange");
  assert.match(exchange?.remedy ?? "", /Too large\..*\.\.\.".*, or use one that has it$/);
});
