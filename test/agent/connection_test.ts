import assert from "node:assert/strict";
import { AIPythonAgent, ConfigurationError, RefusedError, SyncUnreachableError } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { dropTokens } from "../stack/sync_server/drop_tokens.ts";
import { attach } from "../support/attached.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

Deno.test("AIPythonAgent.start() rejects with RefusedError when the token is wrong", async () => {
  await using server = await startSyncServer();
  const { syncUrl } = server;
  const common = { notebookId: newNotebookId(), syncUrl, apiKey: "k" };
  const agent = new AIPythonAgent({ ...common, authToken: "wrong-token" });
  await assert.rejects(agent.start(), (error: Error) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.server, "sync");
    assert.match(error.message, /--auth-token/);
    assert.doesNotMatch(error.message, /wrong-token/);
    return true;
  });
});

Deno.test("AIPythonAgent.start() logs that the notebook has no cells yet", async () => {
  await using server = await startSyncServer();
  const said: string[] = [];
  const logger = { ...silentLogger, info: (message: string) => void said.push(message) };
  await using at = await attach(server, [], { logger });
  assert.ok(said.some((message) => message.includes("has no cells yet")));
  said.length = 0;
  at.person.addCell("1");
  await at.person.store.settled();
  await at.another().start();
  assert.ok(!said.some((message) => message.includes("has no cells yet")));
});

Deno.test("AIPythonAgent.start() rejects with SyncUnreachableError within connectTimeout when no server listens", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const agent = new AIPythonAgent({
    notebookId: newNotebookId(),
    authToken: "t",
    apiKey: "k",
    syncUrl: `ws://127.0.0.1:${port}/livestore`,
    connectTimeout: 0.5,
  });
  await assert.rejects(agent.start(), SyncUnreachableError);
});

Deno.test("AIPythonAgent.start() reports the HTTP status when the path of the sync URL is wrong", async () => {
  await using server = await startSyncServer();
  await using model = await startScriptedModel([]);
  const agent = new AIPythonAgent({
    notebookId: newNotebookId(),
    authToken: server.authToken,
    apiKey: "k",
    baseUrl: model.baseUrl,
    syncUrl: server.syncUrl.replace("livestore", "typo"),
    connectTimeout: 4,
  });
  await assert.rejects(agent.start(), (error: Error) => {
    assert.ok(error instanceof SyncUnreachableError);
    assert.match(error.message, /\/typo within 4 s \(.*status code: 200.*\): .*--sync-url/);
    return true;
  });
});

Deno.test("an agent continues after the sync server was killed and restarted between two cells", async () => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  try {
    await using at = await attach(server, ({ number }) => answer(stdout(`run ${number}\n`)));
    const cells = ["first", "second"].map((source) => at.person.addCell(source));
    await at.person.requestIs(at.person.run(cells[0]), "completed");
    await at.person.store.settled();
    const { port } = server;
    await server.kill();
    server = await startSyncServer({ dataDir, port });
    await at.person.requestIs(at.person.run(cells[1]), "completed");
    assert.equal(at.person.text(cells[1]), "run 1\n");
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

const ada = { id: "ada", email: "ada@localhost", name: "Ada" };

Deno.test("an agent whose token is revoked serves until its connection is lost, and then ends", async () => {
  await using server = await startSyncServer({ users: { "old-token": ada } });
  await using proxy = startTcpProxy(server.port);
  const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
  await using at = await attach(server, answer(stdout("served\n")), { syncUrl });
  await server.admit({ "new-token": ada });
  await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
  const { accepted } = proxy;
  proxy.cut();
  await assert.rejects(at.agent.keepAlive(), (error: Error) => {
    assert.ok(error instanceof RefusedError);
    assert.match(error.message, /does not accept the token \(HTTP 401\): give a fresh one with --auth-token/);
    return true;
  });
  assert.equal(proxy.accepted - accepted, 3, "one attempt to connect, and two requests for the reason of its failure");
});

Deno.test("an agent ends with RefusedError when its user's id has changed on the server", async () => {
  await using server = await startSyncServer({ users: { "old-token": ada } });
  await using proxy = startTcpProxy(server.port);
  await using at = await attach(server, [], { syncUrl: `ws://127.0.0.1:${proxy.port}/livestore` });
  await server.admit({ "old-token": { ...ada, id: "ada-2" } });
  proxy.cut();
  await assert.rejects(at.agent.keepAlive(), (error: Error) => {
    assert.ok(error instanceof RefusedError);
    assert.match(error.message, /\(Runtime userId mismatch: payload has ada, the token belongs to ada-2\)/);
    return true;
  });
});

Deno.test("an agent reconnects after the server could not look up its token for a while", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    await using server = await startSyncServer({ dataDir, users: { "old-token": ada } });
    await using proxy = startTcpProxy(server.port);
    const again = Promise.withResolvers<void>();
    const logger = {
      ...silentLogger,
      debug: (message: string) => message === "still no connection to the sync server" && again.resolve(),
    };
    const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
    await using at = await attach(server, answer(stdout("served\n")), { syncUrl, logger });
    await dropTokens(dataDir);
    proxy.cut();
    await again.promise;
    await server.admit({ "old-token": ada });
    await at.person.requestIs(at.person.run(at.person.addCell("1")), "completed");
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("AIPythonAgent() reports all missing and invalid settings at once", () => {
  assert.throws(() => new AIPythonAgent({ maxHistoryLength: -1, notebookId: "" }), (error: Error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.deepEqual(
      error.issues.map((issue) => issue.option),
      ["notebookId", "authToken", "apiKey", "maxHistoryLength"],
    );
    return true;
  });
});
