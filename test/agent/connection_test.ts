import assert from "node:assert/strict";
import { AIPythonAgent, ConfigurationError, RefusedError, SyncUnreachableError } from "../../mod.ts";
import { silentLogger } from "../../src/logger.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { answer, stdout } from "../support/scripted_answer.ts";

Deno.test("an agent refuses to start with a wrong token, and says so", async () => {
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

Deno.test("an agent says when the notebook that it attaches to has no cells, as after a typing error in its id", async () => {
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

Deno.test("an agent gives up on a server that it cannot reach, within its timeout", async () => {
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

Deno.test("an agent says why there is no connection when the path of the sync URL is wrong", async () => {
  await using server = await startSyncServer();
  await using model = await startScriptedModel([]);
  const agent = new AIPythonAgent({
    notebookId: newNotebookId(),
    authToken: server.authToken,
    apiKey: "k",
    baseUrl: model.baseUrl,
    syncUrl: server.syncUrl.replace("livestore", "typo"),
    connectTimeout: 1,
  });
  await assert.rejects(agent.start(), (error: Error) => {
    assert.ok(error instanceof SyncUnreachableError);
    assert.match(error.message, /\/typo within 1 s \(.*404.*\): .*--sync-url/);
    return true;
  });
});

Deno.test("an agent goes on after the sync server was killed and restarted between two cells", async () => {
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

Deno.test("an agent ends when its token is refused on a reconnect", async () => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  try {
    const { port, syncUrl, authToken } = server;
    await using model = await startScriptedModel([]);
    const agent = new AIPythonAgent({
      notebookId: newNotebookId(),
      authToken,
      syncUrl,
      apiKey: "k",
      baseUrl: model.baseUrl,
    });
    await agent.start();
    await server.stop();
    const users = { "another-token": { id: "other", email: "other@localhost", name: "Other" } };
    server = await startSyncServer({ dataDir, port, users });
    await assert.rejects(agent.keepAlive(), (error: Error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /User must be authenticated/);
      return true;
    });
    await agent.shutdown();
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("an agent names all settings that are missing, at once", () => {
  assert.throws(() => new AIPythonAgent({ maxHistoryLength: -1, notebookId: "" }), (error: Error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.deepEqual(
      error.issues.map((issue) => issue.option),
      ["notebookId", "authToken", "apiKey", "maxHistoryLength"],
    );
    return true;
  });
});
