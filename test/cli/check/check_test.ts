import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { countEvents } from "../../../stack/demo/count_events.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { attach } from "../../support/attached.ts";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { openClient } from "../../support/notebook_client.ts";
import { openPseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, callInPieces, error, result, stdout, text } from "../../support/scripted_answer.ts";
import {
  type RecordedRequest,
  type Script,
  type ScriptedModelOptions,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { apiKey, checkAsJson, checkAsText } from "./check_process.ts";
import { aipython, startCommand } from "../command_process.ts";

const never = new AbortController().signal;

/** The right answer to the first cell, as a model writes it. */
const five = answer(callInPieces("execute_result", ['{"data":{"text/', 'plain":', '"5"}}']));

/** Answers the first cell by a script, and the second by what the outputs of its history say. */
const withMemory = (first: Script): ScriptSource => ({ body }) => {
  if (!body.messages.at(-1).content.endsWith("\ncode")) return first;
  const [, code = "?"] = /the code is (\d+)/.exec(JSON.stringify(body.messages)) ?? [];
  return answer(result(code));
};

/** The list of a server that has the default model. */
const models = { body: { data: [{ id: "gpt-4o" }, { id: "gpt-4o-mini" }] } };

const skippedNotebook = "token skip, notebook skip, runtime skip";

/** The host and port of a server that has been stopped. */
async function unusedHost(): Promise<string> {
  const server = await startScriptedModel([]);
  await server.stop();
  return server.host;
}

Deno.test("aipython check, without a notebook", async (t) => {
  const nobody = await unusedHost();
  const nobodysSyncUrl = `ws://${nobody}/livestore`;
  const environment = (baseUrl: string) => ({
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: baseUrl,
    AIPYTHON_MODEL: "gpt-4o-mini",
    LIVESTORE_SYNC_URL: nobodysSyncUrl,
    NOTEBOOK_ID: "notebook",
    AUTH_TOKEN: "some-secret-token",
  });
  const told = async (
    source: ScriptSource,
    options: ScriptedModelOptions = { models },
    args: readonly string[] = [],
    more: Record<string, string> = {},
  ) => {
    await using model = await startScriptedModel(source, options);
    const variables = { ...environment(model.baseUrl), ...more };
    const all = await checkAsJson(variables, ["--log-level", "debug", ...args]);
    assert.ok(!all.written.includes(apiKey) && !all.written.includes("some-secret-token"), all.written);
    return { ...all, model: { host: model.host, requests: model.requests.length, listings: model.listings } };
  };

  await t.step("finds a model that answers the cell, and a sync server that nobody runs", async () => {
    const { states, checks, code, report, model } = await told(withMemory(five));
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

  await t.step("tells what the cell cost, where a price is given, and shows the price as it is written", async () => {
    const { checks } = await told(withMemory(five), {}, ["--price", "1000,500,2000"]);
    assert.equal(checks.exchange.details.cost, 0.02);
    assert.match(checks.exchange.message, /10 tokens in, 5 out, \$0\.02$/);
    assert.deepEqual(checks.settings.details.settings.price, { value: "1000,500,2000", origin: "--price" });
  });

  await t.step("tells how much the model reads, where its server says so", async () => {
    const small = { body: { data: [{ id: "gpt-4o-mini", owned_by: "vllm", max_model_len: 4096 }] } };
    const { checks } = await told(withMemory(five), { models: small });
    assert.equal(checks.exchange.details.contextLength, 4096);
    assert.match(checks.exchange.message, /, 10 tokens in, 5 out, it reads up to 4096$/);
    assert.equal(checks.history.status, "ok");
  });

  await t.step("warns of a model that does not see what earlier cells have shown", async () => {
    const { checks, code } = await told(five);
    assert.deepEqual([checks.exchange.status, checks.history.status], ["ok", "warn"]);
    assert.match(checks.history.message, /^the model answered code with Out: 5, not with Out: \d+$/);
    assert.match(checks.history.remedy!, /--tool-mode text/);
    assert.equal(code, 5);
  });

  const refusedList = { status: 401, body: { error: { message: `Incorrect API key provided: ${apiKey}` } } };

  await t.step("leaves with 3 for a key that OpenAI refuses, without asking the model", async () => {
    await using openai = await startScriptedModel(withMemory(five), { models: refusedList });
    const { checks, code, model } = await told([], {}, [], openAIByProxy(openai.host)).then((all) => ({
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

  await t.step("only warns of a key that another server refuses for its list, where cells work", async () => {
    const { checks } = await told(withMemory(five), { models: refusedList });
    assert.deepEqual([checks["api-key"].status, checks.exchange.status], ["warn", "ok"]);
    assert.match(checks["api-key"].message, /^it is not taken for the list of models \(HTTP 401\)$/);
  });

  await t.step("leaves with 3 for a key that another server refuses for its list and for the cell", async () => {
    const { checks, code } = await told(refusedList, { models: refusedList });
    assert.deepEqual([checks["api-key"].status, checks.exchange.status, code], ["warn", "fail", 3]);
  });

  await t.step("finds a server that asks for no key, and one that asks for one", async () => {
    const free = await told(withMemory(five), { models }, [], { OPENAI_API_KEY: "" });
    assert.equal(free.checks["api-key"].message, `there is none, and ${free.model.host} asks for none`);
    assert.deepEqual([free.checks["api-key"].status, free.checks.exchange.status], ["ok", "ok"]);
    assert.equal(free.model.listings[0].headers.authorization, undefined);
    const strict = await told({ status: 401 }, { models: { status: 401 } }, [], { OPENAI_API_KEY: "" });
    assert.equal(
      strict.checks["api-key"].message,
      `${strict.model.host} asks for one, and there is none (HTTP 401)`,
    );
    assert.match(strict.checks["api-key"].remedy!, /--api-key \(OPENAI_API_KEY\)/);
    assert.deepEqual([strict.checks["api-key"].status, strict.checks.exchange.status, strict.code], [
      "warn",
      "fail",
      3,
    ]);
  });

  await t.step("asks nothing of OpenAI without a key, which is missing then", async () => {
    await using openai = await startScriptedModel(withMemory(five), { models: { status: 401 } });
    const { states, code } = await told([], {}, [], { ...openAIByProxy(openai.host), OPENAI_API_KEY: "" });
    assert.match(states, /^settings fail, model-server ok, api-key skip, .*exchange skip, history skip/);
    assert.deepEqual([code, openai.requests.length], [2, 0]);
  });

  await t.step("shows which headers there are, and hides their values", async () => {
    const { checks, written } = await told(withMemory(five), { models }, ["--header", "X-Team: hush-hush"]);
    assert.equal(checks.settings.details.settings.headers.value, "X-Team: [hidden], 9 characters");
    assert.doesNotMatch(written, /hush/);
  });

  await t.step("finds the interface behind /v1, and says where it is", async () => {
    const answerCell = withMemory(five) as (request: RecordedRequest) => Script;
    await using model = await startScriptedModel(
      (request) => request.path.startsWith("/v1/") ? answerCell(request) : { status: 404 },
      { models: ({ path }) => path === "/v1/models" ? models : { status: 404 } },
    );
    const { checks } = await checkAsJson(environment(`http://${model.host}`));
    assert.deepEqual([checks["model-server"].status, checks.exchange.status], ["ok", "ok"]);
    assert.equal(checks["model-server"].message, `${model.host} is reached, at http://${model.host}/v1`);
  });

  await t.step("leaves with 3 for a key that is refused when the cell is run", async () => {
    const refusal = { status: 401, body: { error: { message: `the key ${apiKey} is revoked` } } };
    const { checks, code } = await told(refusal, { models: { status: 404 } });
    assert.deepEqual([checks["api-key"].status, checks.model.status], ["skip", "skip"]);
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /the API key is refused/);
    assert.equal(code, 3);
  });

  await t.step("only warns of a key that may not list models", async () => {
    const { checks } = await told(withMemory(five), { models: { status: 403 } });
    assert.deepEqual([checks["api-key"].status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("names the models that there are instead of an unknown one", async () => {
    const unknown = { status: 404, body: { error: { message: "The model `gpt-4o-mini` does not exist" } } };
    const { checks, code } = await told(unknown, { models: { body: { data: [{ id: "gpt-4o-min" }] } } });
    assert.equal(checks.model.status, "fail");
    assert.match(checks.model.message, /has no model "gpt-4o-mini"/);
    assert.match(checks.model.remedy!, /--model \(AIPYTHON_MODEL\): did you mean gpt-4o-min\?/);
    assert.equal(checks.exchange.status, "skip");
    assert.equal(code, 1);
  });

  await t.step("only warns of a model that is not listed and answers all the same", async () => {
    const { checks } = await told(withMemory(five), { models: { body: { data: [{ id: "other" }] } } });
    assert.deepEqual([checks.model.status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("takes a server that answers whole instead of streaming", async () => {
    const call = { function: { name: "execute_result", arguments: { data: { "text/plain": "5" } } } };
    const { checks } = await told({
      body: { object: "chat.completion", choices: [{ message: { tool_calls: [call] } }] },
    });
    assert.equal(checks.exchange.status, "ok");
  });

  await t.step("finds a model that answers with nothing", async () => {
    const { checks, code } = await told(answer(text("")));
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /answers 2 \+ 3 with nothing/);
    assert.equal(code, 1);
  });

  await t.step("asks the only model of a server where nobody chose one, and wants a choice of several", async () => {
    const chosen = (...ids: string[]) =>
      told(withMemory(five), { models: { body: { data: ids.map((id) => ({ id })) } } }, [], {
        AIPYTHON_MODEL: "",
      });
    const one = await chosen("qwen3");
    assert.equal(one.checks.model.message, `${one.model.host} has qwen3`);
    assert.deepEqual([one.checks.exchange.status, one.checks.history.status], ["ok", "ok"]);
    const several = await chosen("a", "b");
    assert.match(several.checks.model.message, /lists a, b: give one of them/);
    assert.deepEqual([several.checks.exchange.status, several.code], ["skip", 2]);
  });

  await t.step("warns of a model that its server will switch off", async () => {
    const { checks } = await told(withMemory(five), {
      models: { body: { data: [{ id: "gpt-4o-mini", shutdown_date: "2027-01-14" }] } },
    });
    assert.match(checks.model.message, /will switch it off on 2027-01-14$/);
    assert.deepEqual([checks.model.status, checks.exchange.status], ["warn", "ok"]);
  });

  await t.step("finds a server that does not stream", async () => {
    const { checks, code } = await told({ body: { object: "list", data: [] } });
    assert.equal(checks.exchange.status, "fail");
    assert.match(checks.exchange.message, /does not come as a stream/);
    assert.match(checks.exchange.remedy!, /Use a server that can stream/);
    assert.equal(code, 1);
  });

  await t.step("finds a model that answers in prose", async () => {
    const { checks, code } = await told(answer(text(`The answer is 5, and your key ${apiKey}.`)));
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
    await t.step(`warns of a model that answers with ${what}`, async () => {
      const { checks } = await told(script);
      assert.equal(checks.exchange.status, "warn");
      assert.match(checks.exchange.message, shown);
    });
  }

  await t.step("finds a model server that nobody runs", async () => {
    const { states, checks, code } = await checkAsJson(environment(`http://${nobody}/v1`));
    assert.match(states, /model-server fail, api-key skip, model skip, exchange skip, history skip, sync-server fail/);
    assert.equal(checks["model-server"].details.kind, "refused");
    assert.match(checks["model-server"].remedy!, /--base-url \(OPENAI_BASE_URL\)/);
    assert.equal(code, 1);
  });

  await t.step("gives a silent model server no more time than it is allowed", async () => {
    const { checks } = await told([], { models: () => new Promise<never>(() => {}) }, ["--first-byte-timeout", "0.2"]);
    assert.equal(checks["model-server"].details.kind, "timeout");
    assert.match(checks["model-server"].message, /no answer within 0.2 s/);
  });

  await t.step("reports all settings that are missing, and checks what does not need them", async () => {
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

  await t.step("says that run and repl work where the notebook alone is missing", async () => {
    await using model = await startScriptedModel(withMemory(five), { models });
    const { code, stdout } = await checkAsText({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: model.baseUrl }, [
      "--sync-url",
      nobodysSyncUrl,
    ]);
    assert.equal(code, 2);
    assert.match(stdout, /aipython run and aipython repl need only the model: they will work\./);
  });

  await t.step("leaves at once on Ctrl-C", async () => {
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

  await t.step("shows on a terminal what is being waited for", async () => {
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

Deno.test("aipython check, with a notebook", async (t) => {
  const user = { id: "user-1", email: "ada@localhost", name: "Ada local-token-0123" };
  await using server = await startSyncServer({ users: { "local-token-0123": user } });
  const { syncUrl, authToken } = server;
  await using model = await startScriptedModel(withMemory(five), { models });
  const environment = (notebookId: string) => ({
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: model.baseUrl,
    LIVESTORE_SYNC_URL: syncUrl,
    AUTH_TOKEN: authToken,
    NOTEBOOK_ID: notebookId,
  });

  await t.step("finds that all is well, and writes nothing to the notebook", async () => {
    const notebookId = newNotebookId();
    await using person = await openClient({ syncUrl, authToken, notebookId });
    ["a = 1", "a"].forEach((source) => person.addCell(source));
    await person.store.settled();
    const before = await countEvents({ syncUrl, notebookId, authToken }, never);
    const { states, code, report, checks, written } = await checkAsJson(environment(notebookId));
    assert.equal(
      states,
      "settings ok, model-server ok, api-key ok, model ok, exchange ok, history ok, sync-server ok, token ok, notebook ok, runtime ok",
    );
    assert.deepEqual([code, report.exitCode, report.ok], [0, 0, true]);
    assert.deepEqual(checks.notebook.details, { notebookId, title: null, cells: 2, events: before });
    assert.equal(checks.settings.details.settings.notebookIds.origin, "NOTEBOOK_ID");
    assert.equal(checks.settings.details.settings.apiKey.value, `[hidden], ${apiKey.length} characters`);
    assert.equal(checks.settings.details.settings.model.origin, "default");
    assert.equal(await countEvents({ syncUrl, notebookId, authToken }, never), before);
    assert.ok(!written.includes(apiKey) && !written.includes(authToken), written);
    assert.equal(checks.token.message, "it belongs to Ada [hidden]");
  });

  await t.step("looks at each of several notebooks, and says which", async () => {
    const ids = [newNotebookId(), newNotebookId()];
    await using person = await openClient({ syncUrl, authToken, notebookId: ids[1] });
    person.addCell("a = 1");
    await person.store.settled();
    const { states, code, report } = await checkAsJson(environment(ids[0]), ids.flatMap((id) => ["--notebook", id]));
    assert.match(states, /token ok, notebook warn, runtime ok, notebook ok, runtime ok$/);
    assert.equal(code, 0);
    assert.deepEqual(report.checks.slice(-4).map(({ details }) => details.notebookId), ids.flatMap((id) => [id, id]));
    assert.equal(report.checks.at(-2)?.message, `${ids[1]}: it has 1 cell`);
  });

  await t.step("tells it in 80 columns, without colours where nobody wants any", async () => {
    const { stdout, stderr, code } = await checkAsText(environment(newNotebookId()), ["--log-level", "debug"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
    // deno-lint-ignore no-control-regex -- colours are what is looked for
    assert.doesNotMatch(stdout, /\x1b/);
    assert.match(stdout, /^ {6}--auth-token +\[hidden\], 16 characters \(AUTH_TOKEN\)$/m);
    assert.match(stdout, /^ {6}--stall-timeout +120 \(default\)$/m);
    assert.match(stdout, /^ok {4}sync server +127\.0\.0\.1:\d+ speaks LiveStore's protocol$/m);
    assert.ok(![apiKey, authToken].some((secret) => (stdout + stderr).includes(secret)), stdout + stderr);
  });

  await t.step("warns of a notebook without cells, which may be a typing error", async () => {
    const { checks, code } = await checkAsJson(environment(newNotebookId()));
    assert.equal(checks.notebook.status, "warn");
    assert.match(checks.notebook.remedy!, /compare --notebook \(NOTEBOOK_ID\)/);
    assert.equal(checks.notebook.details.events, 0);
    assert.equal(code, 0);
  });

  await t.step("reports a live runtime, which goes on serving", async () => {
    await using attached = await attach({ syncUrl, authToken }, answer(stdout("still here\n")), {
      runtimeId: "runtime-of-somebody",
    });
    const { person, notebookId } = attached;
    const cell = person.addCell("print('still here')");
    await person.store.settled();
    const before = await countEvents({ syncUrl, notebookId, authToken }, never);
    const { checks, code } = await checkAsJson(environment(notebookId));
    assert.equal(checks.runtime.status, "warn");
    assert.match(checks.runtime.message, /^attached: runtime-of-somebody \(python\) since \d{4}-.* UTC, last heard of/);
    assert.match(checks.runtime.remedy!, /would displace it; this check has not/);
    assert.equal(checks.runtime.details.live, true);
    assert.equal(code, 0);
    assert.equal(await countEvents({ syncUrl, notebookId, authToken }, never), before);
    await person.requestIs(person.run(cell), "completed");
    assert.equal(person.text(cell), "still here\n");
  });

  await t.step("leaves with 3 for a refused token, and checks the rest", async () => {
    const wrong = { ...environment(newNotebookId()), AUTH_TOKEN: "expired-token" };
    const { states, checks, code, written } = await checkAsJson(wrong, ["--log-level", "debug"]);
    assert.match(states, /exchange ok, history ok, sync-server ok, token fail, notebook skip, runtime skip$/);
    assert.match(checks.token.message, /does not accept the token \(HTTP 401\)$/);
    assert.match(checks.token.remedy!, /a token from a browser expires after five minutes/);
    assert.equal(code, 3);
    assert.ok(!written.includes("expired-token"), written);
  });

  await t.step("checks the token where no notebook is named", async () => {
    const { NOTEBOOK_ID: _id, ...set } = environment("");
    const { states, checks, code } = await checkAsJson(set);
    assert.match(states, /^settings fail, .* sync-server ok, token ok, notebook skip, runtime skip$/);
    assert.match(checks.notebook.message, /the notebook id is missing or wrong/);
    assert.equal(code, 2);
  });

  await t.step("checks the sync server where there is no token", async () => {
    const { AUTH_TOKEN: _token, ...set } = environment(newNotebookId());
    const { states, code } = await checkAsJson(set);
    assert.match(states, /^settings fail, .* sync-server ok, token skip, notebook skip, runtime skip$/);
    assert.equal(code, 2);
  });

  for (
    const [what, url, message] of [
      ["that is no notebook server", () => model.baseUrl.replace("http", "ws"), /is not the API of a notebook server/],
      ["whose path is wrong", () => `${syncUrl}/wrong`, /does not speak LiveStore's protocol/],
    ] as const
  ) {
    await t.step(`leaves with 5 for a sync server ${what}`, async () => {
      const { checks, code } = await checkAsJson({ ...environment(newNotebookId()), LIVESTORE_SYNC_URL: url() });
      assert.equal(checks["sync-server"].status, "fail");
      assert.match(checks["sync-server"].message, message);
      assert.match(checks["sync-server"].remedy!, /it looks like wss:/);
      assert.equal(code, 5);
    });
  }
});

/** A notebook server that takes every token and treats its sockets as a test says. */
function startOddServer(onMessage: (socket: WebSocket, message: { _tag: string }) => void) {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    if (new URL(request.url).pathname === "/api/me") return Response.json({ id: "user-1" });
    if (request.headers.get("upgrade") !== "websocket") return new Response(null, { status: 426 });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => onMessage(socket, JSON.parse(data));
    return response;
  });
}

Deno.test("aipython check, with an odd notebook server", async (t) => {
  await using model = await startScriptedModel(withMemory(five), { models });
  const environment = ({ addr }: Deno.HttpServer<Deno.NetAddr>) => ({
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: model.baseUrl,
    LIVESTORE_SYNC_URL: `ws://127.0.0.1:${addr.port}/livestore`,
    AUTH_TOKEN: "local-token-0123",
    NOTEBOOK_ID: "notebook",
    AIPYTHON_CONNECT_TIMEOUT: "2",
  });

  await t.step("gives one that does not hand the notebook out no more time than it is allowed", async () => {
    await using server = startOddServer((socket, { _tag }) => {
      if (_tag === "WSMessage.Ping") socket.send(JSON.stringify({ _tag: "WSMessage.Pong", requestId: "ping" }));
    });
    const { states, checks, code } = await checkAsJson(environment(server));
    assert.match(states, /sync-server ok, token ok, notebook fail, runtime skip$/);
    assert.match(checks.notebook.message, /does not send the notebook: nothing came within 2 s/);
    assert.equal(code, 5);
  });

  await t.step("hides a token that is said back", async () => {
    await using server = startOddServer((socket) => socket.close(4000, "no local-token-0123 here"));
    const { checks, code, written } = await checkAsJson(environment(server), ["--log-level", "debug"]);
    assert.match(checks["sync-server"].message, /does not speak LiveStore's protocol: no \[hidden\] here/);
    assert.equal(code, 5);
    assert.ok(!written.includes("local-token-0123"), written);
  });
});
