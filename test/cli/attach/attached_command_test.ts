import assert from "node:assert/strict";
import { tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { openClient } from "../../support/notebook_client.ts";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { startTcpProxy } from "../../support/tcp_proxy.ts";
import { RunningCommand } from "../running_command.ts";

const apiKey = "sk-very-secret-key";

Deno.test("aipython serves a notebook and exits with a code that names the reason", async (t) => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  const { syncUrl, authToken, port } = server;
  await using model = await startScriptedModel(({ number }) => answer(stdout(`run ${number}\n`)));
  const environment = (notebookId: string) => ({
    NOTEBOOK_ID: notebookId,
    RUNT_API_KEY: authToken,
    LIVESTORE_SYNC_URL: syncUrl,
    OPENAI_API_KEY: apiKey,
    OPENAI_BASE_URL: model.baseUrl,
  });
  try {
    await t.step(
      "aipython runs a cell with the environment from the web app and exits with 130 on Ctrl-C",
      async () => {
        const notebookId = newNotebookId();
        await using person = await openClient({ syncUrl, authToken, notebookId });
        await using command = new RunningCommand({ environment: environment(notebookId) });
        await command.attached;
        const cell = person.addCell("print('run')");
        await person.requestIs(person.run(cell), "completed");
        assert.match(person.text(cell), /^run \d+\n$/);
        command.kill("SIGINT");
        const { code, written } = await command.end();
        assert.equal(code, 130);
        assert.ok(!written.includes(apiKey) && !written.includes(authToken), written);
      },
    );

    await t.step("aipython continues when the sync server is killed and restarted between two cells", async () => {
      const notebookId = newNotebookId();
      await using person = await openClient({ syncUrl, authToken, notebookId });
      await using command = new RunningCommand({ environment: environment(notebookId) });
      await command.attached;
      const cells = ["first", "second"].map((source) => person.addCell(source));
      await person.requestIs(person.run(cells[0]), "completed");
      await person.store.settled();
      await server.kill();
      server = await startSyncServer({ dataDir, port });
      await person.requestIs(person.run(cells[1]), "completed");
      command.kill("SIGTERM");
      const { code, written } = await command.end();
      assert.equal(code, 143);
      assert.match(written, /no connection to the sync server; reconnecting/);
      assert.match(written, /connected to the sync server again/);
      assert.ok(!written.includes(apiKey) && !written.includes(authToken), written);
    });

    await t.step("aipython exits with 4 when another runtime takes over", async () => {
      const notebookId = newNotebookId();
      await using older = new RunningCommand({ environment: environment(notebookId) });
      await older.attached;
      await using newer = new RunningCommand({ environment: environment(notebookId) });
      await newer.attached;
      const { code, written } = await older.end();
      assert.equal(code, 4);
      assert.match(written, /another runtime has taken notebook/);
      newer.kill("SIGTERM");
      await newer.end();
    });

    await t.step(
      "aipython exits with 4 when a person ends all runtimes, and does not blame another runtime",
      async () => {
        const notebookId = newNotebookId();
        await using person = await openClient({ syncUrl, authToken, notebookId });
        await using command = new RunningCommand({ environment: environment(notebookId) });
        await command.attached;
        await person.until(tables.runtimeSessions.where({ isActive: true }), (rows) => rows.length === 1);
        person.clearRuntimes();
        const { code, written } = await command.end();
        assert.equal(code, 4);
        assert.match(
          written,
          /was ended in the notebook, for instance with "Clear All Runtimes", and no other runtime/,
        );
        assert.doesNotMatch(written, /another runtime has taken/);
      },
    );

    await t.step("aipython exits with 3 when it reconnects with a revoked token", async () => {
      await using proxy = startTcpProxy(port);
      await using command = new RunningCommand({
        environment: { ...environment(newNotebookId()), LIVESTORE_SYNC_URL: `ws://127.0.0.1:${proxy.port}/livestore` },
      });
      await command.attached;
      const user = { id: "local-user", email: "local@localhost", name: "Local User" };
      await server.admit({ "another-token": user });
      proxy.cut();
      const { code, written } = await command.end();
      await server.admit({ [authToken]: user });
      assert.equal(code, 3);
      assert.match(written, /error .*does not accept the token \(HTTP 401\): give a fresh one with --auth-token/);
      assert.ok(!written.includes(authToken), written);
    });

    await t.step("aipython exits with 3 when the sync server rejects its token at the start", async () => {
      await using command = new RunningCommand({
        environment: { ...environment(newNotebookId()), RUNT_API_KEY: "wrong-token" },
      });
      const { code, written } = await command.end();
      assert.equal(code, 3);
      assert.match(written, /does not accept the token/);
      assert.ok(!written.includes("wrong-token"), written);
    });

    await t.step(
      "aipython exits with 3 when the model server rejects the API key, and leaves the notebook to its runtime",
      async () => {
        const notebookId = newNotebookId();
        await using person = await openClient({ syncUrl, authToken, notebookId });
        await using attached = new RunningCommand({ environment: environment(notebookId) });
        await attached.attached;
        await using strict = await startScriptedModel([], { models: { status: 401 } });
        await using command = new RunningCommand({
          environment: { ...environment(notebookId), ...openAIByProxy(strict.host) },
        });
        const { code, written } = await command.end();
        assert.equal(code, 3);
        assert.match(written, /does not accept the API key/);
        assert.ok(!written.includes(apiKey), written);
        await person.requestIs(person.run(person.addCell("print('run')")), "completed");
        assert.equal(person.store.query(tables.runtimeSessions).length, 1);
        attached.kill("SIGTERM");
        assert.equal((await attached.end()).code, 143);
      },
    );
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});
