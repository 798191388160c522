import assert from "node:assert/strict";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../../support/scripted_model_server.ts";
import { apiKey, checkAsJson } from "./check_process.ts";
import { five, models, prepareChecks, withMemory } from "./prepared_checks.ts";

const skippedNotebook = "token skip, notebook skip, runtime skip";

Deno.test("aipython check examines a model without a notebook server", async (t) => {
  const { nobody, environment, checkWith } = await prepareChecks();

  await t.step("check accepts a model that answers the cell, and reports a sync server that is down", async () => {
    const { states, checks, code, report, model } = await checkWith(withMemory(five));
    assert.equal(
      states,
      `settings ok, model-server ok, api-key ok, model ok, exchange ok, history ok, sync-server fail, ${skippedNotebook}`,
    );
    assert.equal(checks["sync-server"].details.kind, "refused");
    assert.equal(checks["sync-server"].message, `${nobody} cannot be reached: it refuses connections`);
    assert.match(checks["sync-server"].remedy!, /--sync-url \(LIVESTORE_SYNC_URL\)/);
    assert.deepEqual([code, report.exitCode, report.ok], [5, 5, false]);
    assert.equal(model.requests, 2);
    const { beganAfterMs, doneAfterMs, ...counted } = checks.exchange.details;
    assert.ok(beganAfterMs <= doneAfterMs);
    const usual = { requests: 1, inputTokens: 10, outputTokens: 5, pieces: 3, api: "chat", form: "" };
    assert.deepEqual(counted, { ...usual, cost: null, contextLength: null });
    assert.match(checks.exchange.message, /^2 \+ 3 gives Out: 5, first word after \d.*, 10 tokens in, 5 out$/);
  });

  await t.step("check reports the cost of the cell and the configured price", async () => {
    const { checks } = await checkWith(withMemory(five), {}, ["--price", "1000,500,2000"]);
    assert.equal(checks.exchange.details.cost, 0.02);
    assert.match(checks.exchange.message, /10 tokens in, 5 out, \$0\.02$/);
    assert.deepEqual(checks.settings.details.settings.price, { value: "1000,500,2000", origin: "--price" });
  });

  await t.step("check reports the model's context length if its server lists it", async () => {
    const small = { body: { data: [{ id: "gpt-4o-mini", owned_by: "vllm", max_model_len: 4096 }] } };
    const { checks } = await checkWith(withMemory(five), { models: small });
    assert.equal(checks.exchange.details.contextLength, 4096);
    assert.match(checks.exchange.message, /, 10 tokens in, 5 out, it reads up to 4096$/);
    assert.equal(checks.history.status, "ok");
  });

  await t.step("check warns about a model that does not see the outputs of earlier cells", async () => {
    const { checks, code } = await checkWith(five);
    assert.deepEqual([checks.exchange.status, checks.history.status], ["ok", "warn"]);
    assert.match(checks.history.message, /^the model answered code with Out: 5, not with Out: \d+$/);
    assert.match(checks.history.remedy!, /--tool-mode text/);
    assert.equal(code, 5);
  });

  const refusedList = { status: 401, body: { error: { message: `Incorrect API key provided: ${apiKey}` } } };

  await t.step("check exits with 3 for a key that OpenAI rejects, without sending a completion request", async () => {
    await using openai = await startScriptedModel(withMemory(five), { models: refusedList });
    const { checks, code, model } = await checkWith([], {}, [], openAIByProxy(openai.host)).then((all) => ({
      ...all,
      model: { requests: openai.requests.length, listings: openai.listings },
    }));
    assert.equal(checks["api-key"].status, "fail");
    assert.match(checks["api-key"].remedy!, /--api-key \(OPENAI_API_KEY\)/);
    assert.deepEqual([checks.model.status, checks.exchange.status], ["skip", "skip"]);
    assert.equal(code, 3);
    assert.equal(model.requests, 0);
    assert.equal(model.listings[0].headers.authorization, `Bearer ${apiKey}`);
  });

  await t.step(
    "check only warns about a key that another server rejects for the list but accepts for cells",
    async () => {
      const { checks } = await checkWith(withMemory(five), { models: refusedList });
      assert.deepEqual([checks["api-key"].status, checks.exchange.status], ["warn", "ok"]);
      assert.match(checks["api-key"].message, /^it is not accepted for the list of models \(HTTP 401\)$/);
    },
  );

  await t.step("check exits with 3 for a key that another server rejects for the list and for the cell", async () => {
    const { checks, code } = await checkWith(refusedList, { models: refusedList });
    assert.deepEqual([checks["api-key"].status, checks.exchange.status, code], ["warn", "fail", 3]);
  });

  await t.step(
    "check accepts a missing key when the server needs none and reports it when the server needs one",
    async () => {
      const free = await checkWith(withMemory(five), { models }, [], { OPENAI_API_KEY: "" });
      assert.equal(free.checks["api-key"].message, `there is none, and ${free.model.host} requires none`);
      assert.deepEqual([free.checks["api-key"].status, free.checks.exchange.status], ["ok", "ok"]);
      assert.equal(free.model.listings[0].headers.authorization, undefined);
      const strict = await checkWith({ status: 401 }, { models: { status: 401 } }, [], { OPENAI_API_KEY: "" });
      assert.equal(
        strict.checks["api-key"].message,
        `${strict.model.host} requires one, and there is none (HTTP 401)`,
      );
      assert.match(strict.checks["api-key"].remedy!, /--api-key \(OPENAI_API_KEY\)/);
      assert.deepEqual([strict.checks["api-key"].status, strict.checks.exchange.status, strict.code], [
        "warn",
        "fail",
        3,
      ]);
    },
  );

  await t.step("check reports a missing key for OpenAI without sending a completion request", async () => {
    await using openai = await startScriptedModel(withMemory(five), { models: { status: 401 } });
    const { states, code } = await checkWith([], {}, [], { ...openAIByProxy(openai.host), OPENAI_API_KEY: "" });
    assert.match(states, /^settings fail, model-server ok, api-key skip, .*exchange skip, history skip/);
    assert.deepEqual([code, openai.requests.length], [2, 0]);
  });

  await t.step("check shows the names of the headers and hides their values", async () => {
    const { checks, written } = await checkWith(withMemory(five), { models }, ["--header", "X-Team: hush-hush"]);
    assert.equal(checks.settings.details.settings.headers.value, "X-Team: [hidden], 9 characters");
    assert.doesNotMatch(written, /hush/);
  });

  await t.step("check finds the API below /v1 and reports its URL", async () => {
    const answerCell = withMemory(five) as (request: RecordedRequest) => Script;
    await using model = await startScriptedModel(
      (request) => request.path.startsWith("/v1/") ? answerCell(request) : { status: 404 },
      { models: ({ path }) => path === "/v1/models" ? models : { status: 404 } },
    );
    const { checks } = await checkAsJson(environment(`http://${model.host}`));
    assert.deepEqual([checks["model-server"].status, checks.exchange.status], ["ok", "ok"]);
    assert.equal(checks["model-server"].message, `${model.host} responds, at http://${model.host}/v1`);
  });
});
