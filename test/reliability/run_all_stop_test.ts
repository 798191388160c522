/**
 * Checks that a Run All stops although its agent is killed at that moment.
 *
 * @module
 */

import assert from "node:assert/strict";
import { AIPythonAgent } from "../../mod.ts";
import { readLog } from "../../soak/read_log.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { type NotebookClient, openClient } from "../support/notebook_client.ts";
import { answer, error, gate, stdout } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";
import { startStepRelay, stepsOf } from "./step_relay.ts";

const play: ScriptSource = ({ body }) => {
  const code = body.messages.at(-1).content;
  if (code.includes("raise")) return answer(error("ValueError", "bad"));
  return code.includes("wait") ? answer(stdout("begun\n"), gate("never")) : answer(stdout("done\n"));
};

/** A running Run All. */
interface Running {
  person: NotebookClient;
  cells: string[];
  requests: string[];
  /** Kills its agent. */
  kill(): Promise<void>;
}

const steps = stepsOf(["v1.ExecutionStarted", "v1.ExecutionCancelled", "v1.ExecutionCompleted"]);

Deno.test("Run All stops although its agent is killed", async (t) => {
  await using server = await startSyncServer();
  await using model = await startScriptedModel(play);
  const { syncUrl, authToken } = server;

  /** Runs three cells with an agent that connects to `agentUrl`, and lets the test kill the agent. */
  const runAndKill = async (first: string, agentUrl: string, untilItDies: (at: Running) => Promise<void>) => {
    const notebookId = newNotebookId();
    await using person = await openClient({ syncUrl, authToken, notebookId });
    const cells = [first, "a", "b"].map((source) => person.addCell(source));
    const requests = person.runAll(cells);
    await person.store.settled();
    await using killed = new RunningCommand({
      environment: agentEnvironment({ syncUrl: agentUrl, authToken, notebookId }, model),
    });
    const kill = async () => {
      killed.kill("SIGKILL");
      assert.equal((await killed.end()).code, 137);
    };
    await untilItDies({ person, cells, requests, kill });

    const next = new AIPythonAgent({ notebookId, authToken, syncUrl, apiKey: "none", baseUrl: model.baseUrl });
    await next.start();
    for (const request of requests) await person.requestIs(request, "completed", "failed", "cancelled");
    await person.textHas(cells[1], "Run All stopped at In [1], which", "stderr");
    await next.shutdown();
    assert.deepEqual(await begunAfterCancellation(notebookId, requests), []);
    return requests.map((request) => person.request(request).status);
  };

  const begunAfterCancellation = async (notebookId: string, requests: string[]) => {
    const log = await readLog({ syncUrl, authToken, notebookId });
    return requests.filter((queueId) => {
      const names = log.filter(({ args }) => args?.queueId === queueId).map(({ name }) => name);
      const cancelled = names.indexOf("v1.ExecutionCancelled");
      return cancelled !== -1 && names.lastIndexOf("v1.ExecutionStarted") > cancelled;
    });
  };

  for (const step of steps) {
    await t.step(`the agent is killed ${step.when} its event ${step.event} after a cell raised`, async () => {
      await using relay = startStepRelay(syncUrl, step);
      const ends = await runAndKill("raise", relay.syncUrl, async ({ kill }) => {
        await relay.reached;
        await kill();
      });
      assert.deepEqual(ends, ["failed", "cancelled", "cancelled"]);
    });
  }

  await t.step("a person interrupts the running cell after the agent was killed", async () => {
    const ends = await runAndKill("wait", syncUrl, async ({ person, cells, requests, kill }) => {
      await person.textHas(cells[0], "begun");
      await kill();
      person.cancel(requests[0], cells[0]);
      await person.store.settled();
    });
    assert.deepEqual(ends, ["cancelled", "cancelled", "cancelled"]);
  });

  await t.step("the log has the cancellation of the other cells before the end of the failed cell", async () => {
    const notebookId = newNotebookId();
    await using person = await openClient({ syncUrl, authToken, notebookId });
    const agent = new AIPythonAgent({ notebookId, authToken, syncUrl, apiKey: "none", baseUrl: model.baseUrl });
    await agent.start();
    const requests = person.runAll(["raise", "a", "b"].map((source) => person.addCell(source)));
    await person.requestIs(requests[0], "failed");
    await agent.shutdown();
    const log = await readLog({ syncUrl, authToken, notebookId });
    const ends = log.filter(({ name }) => /^v1.Execution(Cancelled|Completed)$/.test(name));
    assert.deepEqual(ends.map(({ args }) => args.queueId), [requests[1], requests[2], requests[0]]);
    assert.deepEqual(ends[0].args.reason, "Run All stopped at In [1], which ended with ValueError: bad");
    assert.match(ends[0].args.cancelledBy, /^runtime-/);
  });
});
