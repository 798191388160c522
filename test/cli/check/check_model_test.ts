/**
 * `aipython check` with model servers and models that do not behave as expected.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, error, result, stdout, text } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { apiKey, checkAsJson, checkAsText } from "./check_process.ts";
import { aipython, startCommand } from "../command_process.ts";
import { five, models, prepareChecks, withMemory } from "./prepared_checks.ts";

Deno.test("aipython check examines a model that does not behave as expected", async (t) => {
  const { nobody, nobodysSyncUrl, environment, checkWith } = await prepareChecks();

  await t.step("check exits with 3 when the API key is rejected for the cell", async () => {
    const refusal = { status: 401, body: { error: { message: `the key ${apiKey} is revoked` } } };
    const { checks, code } = await checkWith(refusal, { models: { status: 404 } });
    assert.deepEqual([checks["api-key"].status, checks.model.status], ["skip", "skip"]);
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /the API key is refused/);
    assert.equal(code, 3);
  });

  await t.step("check only warns when the API key is not allowed to list models", async () => {
    const { checks } = await checkWith(withMemory(five), { models: { status: 403 } });
    assert.deepEqual([checks["api-key"].status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("check suggests a listed model instead of an unknown one", async () => {
    const unknown = { status: 404, body: { error: { message: "The model `gpt-4o-mini` does not exist" } } };
    const { checks, code } = await checkWith(unknown, { models: { body: { data: [{ id: "gpt-4o-min" }] } } });
    assert.equal(checks.model.status, "fail");
    assert.match(checks.model.message, /has no model "gpt-4o-mini"/);
    assert.match(checks.model.remedy!, /--model \(AIPYTHON_MODEL\): did you mean gpt-4o-min\?/);
    assert.equal(checks.exchange.status, "skip");
    assert.equal(code, 1);
  });

  await t.step("check only warns about a model that is not listed but answers", async () => {
    const { checks } = await checkWith(withMemory(five), { models: { body: { data: [{ id: "other" }] } } });
    assert.deepEqual([checks.model.status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("check accepts a server that answers with one JSON object instead of a stream", async () => {
    const call = { function: { name: "execute_result", arguments: { data: { "text/plain": "5" } } } };
    const { checks } = await checkWith({
      body: { object: "chat.completion", choices: [{ message: { tool_calls: [call] } }] },
    });
    assert.equal(checks.exchange.status, "ok");
  });

  await t.step("check reports a model that answers with an empty text", async () => {
    const { checks, code } = await checkWith(answer(text("")));
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /answers 2 \+ 3 with nothing/);
    assert.equal(code, 1);
  });

  await t.step(
    "check uses the only model of a server when none is chosen, and requires a choice between several",
    async () => {
      const chosen = (...ids: string[]) =>
        checkWith(withMemory(five), { models: { body: { data: ids.map((id) => ({ id })) } } }, [], {
          AIPYTHON_MODEL: "",
        });
      const one = await chosen("qwen3");
      assert.equal(one.checks.model.message, `${one.model.host} has qwen3`);
      assert.deepEqual([one.checks.exchange.status, one.checks.history.status], ["ok", "ok"]);
      const several = await chosen("a", "b");
      assert.match(several.checks.model.message, /lists a, b: give one of them/);
      assert.deepEqual([several.checks.exchange.status, several.code], ["skip", 2]);
    },
  );

  await t.step("check warns about a model that has a shutdown date", async () => {
    const { checks } = await checkWith(withMemory(five), {
      models: { body: { data: [{ id: "gpt-4o-mini", shutdown_date: "2027-01-14" }] } },
    });
    assert.match(checks.model.message, /will switch it off on 2027-01-14$/);
    assert.deepEqual([checks.model.status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("check reports a server that answers with neither a stream nor a completion", async () => {
    const { checks, code } = await checkWith({ body: { object: "list", data: [] } });
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /the answer is not that of a model/);
    assert.match(checks.exchange.remedy!, /Use a server that can stream/);
    assert.equal(code, 1);
  });

  await t.step("check reports a model that answers in prose instead of tool calls", async () => {
    const { checks, code } = await checkWith(answer(text(`The answer is 5, and your key ${apiKey}.`)));
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /in prose instead of tool calls: "The answer is 5/);
    assert.match(checks.exchange.remedy!, /good at calling tools/);
    assert.equal(code, 1);
  });

  for (
    const [what, script, shown] of [
      ["another result", answer(result("6")), /with Out: 6, not with Out: 5/],
      ["the wrong stream", answer(stdout("5\n")), /with stdout: 5, not/],
      ["an exception", answer(error("NameError", "no")), /with NameError: no, not/],
      ["more than the result", answer(stdout("hm"), result("5")), /with stdout: hm Out: 5, not/],
    ] as const
  ) {
    await t.step(`check warns about a model that answers with ${what}`, async () => {
      const { checks } = await checkWith(script);
      assert.equal(checks.exchange.status, "warn");
      assert.match(checks.exchange.message, shown);
    });
  }

  await t.step("check reports a model server that is down", async () => {
    const { states, checks, code } = await checkAsJson(environment(`http://${nobody}/v1`));
    assert.match(states, /model-server fail, api-key skip, model skip, exchange skip, history skip, sync-server fail/);
    assert.equal(checks["model-server"].details.kind, "refused");
    assert.match(checks["model-server"].remedy!, /--base-url \(OPENAI_BASE_URL\)/);
    assert.equal(code, 1);
  });

  await t.step("check waits for a silent model server only until the timeout", async () => {
    const { checks } = await checkWith([], { models: () => new Promise<never>(() => {}) }, [
      "--first-byte-timeout",
      "0.2",
    ]);
    assert.equal(checks["model-server"].details.kind, "timeout");
    assert.match(checks["model-server"].message, /no answer within 0.2 s/);
  });

  await t.step("check reports all missing settings and runs the checks that do not need them", async () => {
    await using model = await startScriptedModel(withMemory(five), { models });
    const { NOTEBOOK_ID: _id, AUTH_TOKEN: _token, ...set } = environment(model.baseUrl);
    const { code, stdout } = await checkAsText({ ...set, AIPYTHON_REASONING: "lots" });
    assert.equal(code, 2);
    assert.match(stdout, /^FAIL {2}settings +missing or wrong: notebook id, auth token, reasoning mode\n/);
    assert.match(stdout, /-> missing notebook id: give --notebook ID or set\n +NOTEBOOK_ID\n/);
    assert.match(stdout, /^ok {4}API key/m);
    assert.match(stdout, /^skip {2}one cell +not checked: the reasoning mode is missing or wrong$/m);
    assert.match(stdout, /Cells cannot be run yet/);
  });

  await t.step("check reports that run and repl work when only the notebook's settings are missing", async () => {
    await using model = await startScriptedModel(withMemory(five), { models });
    const { code, stdout } = await checkAsText({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: model.baseUrl }, [
      "--sync-url",
      nobodysSyncUrl,
    ]);
    assert.equal(code, 2);
    assert.match(stdout, /aipython run and aipython repl need only the model: they will work\./);
  });

  await t.step("check exits with 130 on Ctrl-C while it waits for the model server", async () => {
    const asked = Promise.withResolvers<void>();
    await using model = await startScriptedModel([], {
      models: () => {
        asked.resolve();
        return new Promise(() => {});
      },
    });
    const process = startCommand(["check"], { environment: environment(model.baseUrl) });
    await asked.promise;
    process.kill("SIGINT");
    const { code } = await process.output();
    assert.equal(code, 130);
  });

  await t.step("check shows the current check and colours on a terminal", async () => {
    await using model = await startScriptedModel(async () => {
      await opened.promise;
      return five;
    }, { models });
    const opened = Promise.withResolvers<void>();
    const env = { ...environment(model.baseUrl), PATH: Deno.env.get("PATH")!, HOME: Deno.env.get("HOME")! };
    const denoDir = Deno.env.get("DENO_DIR");
    await using terminal = openPseudoTerminal(
      [Deno.execPath(), "run", "--quiet", "-A", fileURLToPath(aipython), "check"],
      { env: denoDir === undefined ? env : { ...env, DENO_DIR: denoDir } },
    );
    await terminal.until(/\.\.\. {3}one cell/);
    opened.resolve();
    await terminal.until(/FAIL {2}sync server/);
    assert.equal(await terminal.exitCode(), 5);
    assert.ok(terminal.raw.includes("\x1b[32mok    \x1b[0mone cell"), terminal.raw);
  });
});
