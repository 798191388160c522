/**
 * `aipython check` with a notebook and its server.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countEvents } from "../../../stack/demo/count_events.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { attach } from "../../support/attached.ts";
import { openClient } from "../../support/notebook_client.ts";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { apiKey, checkAsJson, checkAsText } from "./check_process.ts";
import { five, models, withMemory } from "./prepared_checks.ts";

const never = new AbortController().signal;

Deno.test("aipython check examines a notebook", async (t) => {
  const user = { id: "user-1", email: "ada@localhost", name: "Ada local-token-0123" };
  await using server = await startSyncServer({ users: { "local-token-0123": user } });
  const { syncUrl, authToken } = server;
  await using model = await startScriptedModel(withMemory(five), { models });
  const environment = (notebookId: string) =>
    agentEnvironment({ syncUrl, authToken, notebookId }, { baseUrl: model.baseUrl, apiKey });

  await t.step("check succeeds with a working notebook and writes nothing to it", async () => {
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

  await t.step("check examines each of several notebooks and names them", async () => {
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

  await t.step("check writes lines of at most 80 columns without colours when stdout is not a terminal", async () => {
    const { stdout, stderr, code } = await checkAsText(environment(newNotebookId()), ["--log-level", "debug"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
    // deno-lint-ignore no-control-regex -- the test looks for colours
    assert.doesNotMatch(stdout, /\x1b/);
    assert.match(stdout, /^ {6}--auth-token +\[hidden\], 16 characters \(AUTH_TOKEN\)$/m);
    assert.match(stdout, /^ {6}--stall-timeout +120 \(default\)$/m);
    assert.match(stdout, /^ok {4}sync server +127\.0\.0\.1:\d+ speaks LiveStore's protocol$/m);
    assert.ok(![apiKey, authToken].some((secret) => (stdout + stderr).includes(secret)), stdout + stderr);
  });

  await t.step("check warns about a notebook without cells, whose id may be misspelled", async () => {
    const { checks, code } = await checkAsJson(environment(newNotebookId()));
    assert.equal(checks.notebook.status, "warn");
    assert.match(checks.notebook.remedy!, /compare --notebook \(NOTEBOOK_ID\)/);
    assert.equal(checks.notebook.details.events, 0);
    assert.equal(code, 0);
  });

  await t.step("check reports a live runtime without displacing it", async () => {
    await using attached = await attach({ syncUrl, authToken }, answer(stdout("still here\n")), {
      runtimeId: "runtime-of-somebody",
    });
    const { person, notebookId } = attached;
    const cell = person.addCell("print('still here')");
    await person.store.settled();
    const before = await countEvents({ syncUrl, notebookId, authToken }, never);
    const { checks, code } = await checkAsJson(environment(notebookId));
    assert.equal(checks.runtime.status, "warn");
    assert.match(
      checks.runtime.message,
      /^attached: runtime-of-somebody \(python\) since \d{4}-.* UTC, last heard from/,
    );
    assert.match(checks.runtime.remedy!, /would displace it; this check did not/);
    assert.equal(checks.runtime.details.live, true);
    assert.equal(code, 0);
    assert.equal(await countEvents({ syncUrl, notebookId, authToken }, never), before);
    await person.requestIs(person.run(cell), "completed");
    assert.equal(person.text(cell), "still here\n");
  });

  await t.step("check exits with 3 for a rejected token and still runs the other checks", async () => {
    const wrong = { ...environment(newNotebookId()), AUTH_TOKEN: "expired-token" };
    const { states, checks, code, written } = await checkAsJson(wrong, ["--log-level", "debug"]);
    assert.match(states, /exchange ok, history ok, sync-server ok, token fail, notebook skip, runtime skip$/);
    assert.match(checks.token.message, /does not accept the token \(HTTP 401\)$/);
    assert.match(checks.token.remedy!, /a token from a browser expires after five minutes/);
    assert.equal(code, 3);
    assert.ok(!written.includes("expired-token"), written);
  });

  await t.step("check examines the token when no notebook id is given", async () => {
    const { NOTEBOOK_ID: _id, ...set } = environment("");
    const { states, checks, code } = await checkAsJson(set);
    assert.match(states, /^settings fail, .* sync-server ok, token ok, notebook skip, runtime skip$/);
    assert.match(checks.notebook.message, /the notebook id is missing or wrong/);
    assert.equal(code, 2);
  });

  await t.step("check examines the sync server when no token is given", async () => {
    const { AUTH_TOKEN: _token, ...set } = environment(newNotebookId());
    const { states, code } = await checkAsJson(set);
    assert.match(states, /^settings fail, .* sync-server ok, token skip, notebook skip, runtime skip$/);
    assert.equal(code, 2);
  });

  for (
    const [what, url, message] of [
      [
        "a sync URL that leads to a model server",
        () => model.baseUrl.replace("http", "ws"),
        /is not the API of a notebook server/,
      ],
      ["a sync URL with a wrong path", () => `${syncUrl}/wrong`, /does not speak LiveStore's protocol/],
    ] as const
  ) {
    await t.step(`check exits with 5 for ${what}`, async () => {
      const { checks, code } = await checkAsJson({ ...environment(newNotebookId()), LIVESTORE_SYNC_URL: url() });
      assert.equal(checks["sync-server"].status, "fail");
      assert.match(checks["sync-server"].message, message);
      assert.match(checks["sync-server"].remedy!, /it looks like wss:/);
      assert.equal(code, 5);
    });
  }
});

/** Starts a notebook server that accepts every token. The test decides what its sockets answer. */
function startOddServer(onMessage: (socket: WebSocket, message: { _tag: string }) => void) {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    if (new URL(request.url).pathname === "/api/me") return Response.json({ id: "user-1" });
    if (request.headers.get("upgrade") !== "websocket") return new Response(null, { status: 426 });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => onMessage(socket, JSON.parse(data));
    return response;
  });
}

Deno.test("aipython check examines a faulty notebook server", async (t) => {
  await using model = await startScriptedModel(withMemory(five), { models });
  const environment = ({ addr }: Deno.HttpServer<Deno.NetAddr>) => ({
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: model.baseUrl,
    LIVESTORE_SYNC_URL: `ws://127.0.0.1:${addr.port}/livestore`,
    AUTH_TOKEN: "local-token-0123",
    NOTEBOOK_ID: "notebook",
    AIPYTHON_CONNECT_TIMEOUT: "2",
  });

  await t.step("check waits for a notebook only until the connect timeout", async () => {
    await using server = startOddServer((socket, { _tag }) => {
      if (_tag === "WSMessage.Ping") socket.send(JSON.stringify({ _tag: "WSMessage.Pong", requestId: "ping" }));
    });
    const { states, checks, code } = await checkAsJson(environment(server));
    assert.match(states, /sync-server ok, token ok, notebook fail, runtime skip$/);
    assert.match(checks.notebook.message, /does not send the notebook: nothing arrived within 2 s/);
    assert.equal(code, 5);
  });

  await t.step("check hides the token in a server's message", async () => {
    await using server = startOddServer((socket) => socket.close(4000, "no local-token-0123 here"));
    const { checks, code, written } = await checkAsJson(environment(server), ["--log-level", "debug"]);
    assert.match(checks["sync-server"].message, /does not speak LiveStore's protocol: no \[hidden\] here/);
    assert.equal(code, 5);
    assert.ok(!written.includes("local-token-0123"), written);
  });
});
