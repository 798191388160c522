/**
 * Checks that nothing is lost or doubled if an agent or the sync server is killed.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { openClient } from "../support/notebook_client.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { allIsWell, answerJob, runJobs } from "./notebook_job.ts";
import { cellEvents, startStepRelay, stepsOf } from "./step_relay.ts";

Deno.test("an agent completes the cells of an agent that was killed at any step", async (t) => {
  await using server = await startSyncServer();
  await using model = await startScriptedModel(answerJob);
  const { syncUrl, authToken } = server;

  for (const step of stepsOf(["v1.RuntimeSessionStarted", ...cellEvents])) {
    await t.step(`the agent is killed ${step.when} its event ${step.event}`, async () => {
      const notebookId = newNotebookId();
      await using relay = startStepRelay(syncUrl, step);
      await using person = await openClient({ syncUrl, authToken, notebookId });
      const requests = await runJobs(person);
      await using killed = new RunningCommand({
        environment: agentEnvironment({ syncUrl: relay.syncUrl, authToken, notebookId }, model),
      });
      await relay.reached;
      killed.kill("SIGKILL");
      assert.equal((await killed.end()).code, 137);

      const next = new AIPythonAgent({ notebookId, authToken, syncUrl, apiKey: "none", baseUrl: model.baseUrl });
      await next.start();
      await allIsWell(server, notebookId, person, requests);
      await next.shutdown();
    });
  }
});

Deno.test("a cell continues after the sync server was killed at any step and restarted", async (t) => {
  const dataDir = await Deno.makeTempDir();
  let server = await startSyncServer({ dataDir });
  const { syncUrl, authToken, port } = server;
  await using model = await startScriptedModel(answerJob);
  try {
    for (const step of stepsOf(cellEvents)) {
      await t.step(`the sync server is killed ${step.when} the agent's event ${step.event}`, async () => {
        const asked = model.requests.length;
        const notebookId = newNotebookId();
        await using relay = startStepRelay(syncUrl, step);
        await using person = await openClient({ syncUrl, authToken, notebookId });
        const requests = await runJobs(person);
        const common = { notebookId, authToken, apiKey: "none", baseUrl: model.baseUrl };
        const agent = new AIPythonAgent({ ...common, syncUrl: relay.syncUrl });
        await agent.start();
        await relay.reached;
        await server.kill();
        server = await startSyncServer({ dataDir, port });
        relay.release();
        await allIsWell(server, notebookId, person, requests);
        assert.equal(model.requests.length, asked + requests.length);
        await agent.shutdown();
      });
    }
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});
