/**
 * The spans of an attached agent, and the settings that they need.
 *
 * @module
 */

import assert from "node:assert/strict";
import { RunningCommand } from "../cli/running_command.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { openClient } from "../support/notebook_client.ts";
import { startOtlpReceiver } from "../support/otlp_receiver.ts";
import { answer, stdout, text } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

Deno.test("an attached agent exports its cells as spans", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  await using model = await startScriptedModel(({ number }) =>
    number === 0 ? answer(stdout("unseen_output\n")) : answer(text("unseen_answer"))
  );
  const notebookId = newNotebookId();
  const environment = {
    ...agentEnvironment({ syncUrl, authToken, notebookId }, { baseUrl: model.baseUrl, apiKey: "unseen-key" }),
    AIPYTHON_MODEL: "scripted",
  };

  await t.step("spans of code cells and AI cells have the notebook's id and contain no secrets", async () => {
    await using receiver = startOtlpReceiver();
    await using person = await openClient({ syncUrl, authToken, notebookId });
    await using command = new RunningCommand({ environment: { ...environment, ...receiver.environment } });
    await command.attached;
    await person.requestIs(person.run(person.addCell("unseen_code()")), "completed");
    await person.requestIs(person.run(person.addCell("unseen_question?", "ai")), "completed");
    command.kill("SIGTERM");
    assert.equal((await command.end()).code, 143);
    // LiveStore reads its SQLite file with a fetch, which Deno also traces.
    const spans = receiver.spans().filter(({ attributes }) => attributes["url.scheme"] !== "file");
    assert.deepEqual(spans.map(({ name }) => name), Array(2).fill(["invoke_agent aipython", "chat scripted"]).flat());
    assert.deepEqual(
      new Set(spans.map(({ attributes }) => attributes["gen_ai.conversation.id"])),
      new Set([notebookId]),
    );
    assert.deepEqual(spans.map(({ attributes }) => attributes["aipython.cell.kind"]), [
      "code",
      undefined,
      "ai",
      undefined,
    ]);
    const exported = receiver.bodies.join("\n");
    assert.ok(!exported.includes(authToken) && !/unseen|https?:\/\/127/.test(exported), exported);
  });

  await t.step("the command does not start if Deno would export the sync server's address with its token", async () => {
    await using receiver = startOtlpReceiver();
    const { OTEL_TRACES_SAMPLER: _sampler, ...unguarded } = receiver.environment;
    await using command = new RunningCommand({ environment: { ...environment, ...unguarded } });
    const { code, written } = await command.end();
    assert.equal(code, 2, written);
    assert.match(written, /OTEL_TRACES_SAMPLER=parentbased_always_on/);
    assert.ok(!receiver.bodies.join("\n").includes(authToken));
  });

  await t.step("a rejected token is not exported", async () => {
    await using receiver = startOtlpReceiver();
    const wrong = { AUTH_TOKEN: "unseen-wrong-token" };
    await using command = new RunningCommand({ environment: { ...environment, ...receiver.environment, ...wrong } });
    const { code, written } = await command.end();
    assert.equal(code, 3, written);
    assert.doesNotMatch(receiver.bodies.join("\n"), /unseen|https?:\/\/127/);
  });
});
