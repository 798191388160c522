/**
 * Checks that a cell during which runtimes are lost is started at most twice, and that displaced agents do not count as
 * lost.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { attach } from "../support/attached.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, gate, stdout } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

/** Answers the cell `deadly()` with a line and then silence the first times, and every other request with `done`. */
function silentAtFirst(times: number): (request: RecordedRequest) => Script {
  let left = times;
  return ({ body }) => {
    const isDeadly = JSON.stringify(body.messages.at(-1)).includes("deadly()");
    return isDeadly && left-- > 0 ? [...stdout("half"), ...gate("never")] : answer(stdout("done"));
  };
}

Deno.test("a cell during which one agent was killed and another froze is not started a third time", async () => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  await using model = await startScriptedModel(silentAtFirst(2));
  const notebookId = newNotebookId();
  await using person = await openClient({ syncUrl, authToken, notebookId });
  const cell = person.addCell("deadly()");
  const deadly = person.run(cell);
  const next = person.run(person.addCell("1"));
  await person.store.settled();
  await using processes = new AsyncDisposableStack();
  for (const [run, signal] of (["SIGKILL", "SIGSTOP"] as const).entries()) {
    const lost = processes.use(
      new RunningCommand({
        environment: agentEnvironment({ syncUrl, authToken, notebookId }, model),
      }),
    );
    await model.request(run);
    lost.kill(signal);
    if (signal === "SIGKILL") await lost.end();
  }
  const agent = new AIPythonAgent({ notebookId, authToken, syncUrl, apiKey: "none", baseUrl: model.baseUrl });
  await agent.start();
  try {
    await person.requestIs(next, "completed");
    assert.equal(person.request(deadly).status, "failed");
    assert.equal(model.requests.length, 3);
    const [{ outputType, data }] = person.outputs(cell);
    assert.equal(outputType, "error");
    assert.match(data!, /RefusedByAIPython.*2 runtimes were lost while they ran this cell/);
    assert.doesNotMatch(JSON.stringify(model.requests[2].body), /deadly/);

    await person.requestIs(person.run(cell), "completed");
    assert.equal(person.text(cell), "done");
  } finally {
    await agent.shutdown();
  }
});

Deno.test("agents that are displaced while they run a cell are not counted as lost", async () => {
  await using server = await startSyncServer();
  const deployments = 2;
  await using at = await attach(server, silentAtFirst(deployments));
  const cell = at.person.addCell("deadly()");
  const request = at.person.run(cell);
  let agent = at.agent;
  for (let deployment = 0; deployment < deployments; deployment++) {
    await at.model.request(deployment);
    const displaced = assert.rejects(agent.keepAlive(), { name: "DisplacedError" });
    agent = at.another();
    await agent.start();
    await displaced;
  }
  await at.person.requestIs(request, "completed", "failed");
  assert.equal(at.person.request(request).status, "completed");
  assert.equal(at.person.text(cell), "done");
});
