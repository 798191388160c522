/**
 * A sync server that loses its database or gets another log. Its agents report the change and stop.
 *
 * @module
 */

import assert from "node:assert/strict";
import { LogReplacedError } from "../../mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { RunningCommand } from "../cli/running_command.ts";
import { agentEnvironment } from "../support/agent_environment.ts";
import { attach } from "../support/attached.ts";
import { openClient } from "../support/notebook_client.ts";
import { answer, gate, stdout } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

/** Returns the error with which an agent ends. */
async function endOf(agent: { keepAlive(): Promise<void> }): Promise<LogReplacedError> {
  const error = await agent.keepAlive().then(() => assert.fail("it was shut down"), (error) => error);
  assert.ok(error instanceof LogReplacedError, String(error));
  return error;
}

Deno.test("agents stop within a minute after the server lost its log, whether idle or running a cell", async () => {
  let server = await startSyncServer();
  const { syncUrl, authToken, port } = server;
  await using model = await startScriptedModel(answer(stdout("")));
  try {
    await using idle = new RunningCommand({
      environment: agentEnvironment({ syncUrl, authToken, notebookId: newNotebookId() }, model),
    });
    await idle.attached;
    await using at = await attach(server, [...stdout("half"), ...gate("never")]);
    const cell = at.person.addCell("1");
    at.person.run(cell);
    await at.person.textHas(cell, "half");
    const ends = endOf(at.agent);

    await server.stop();
    server = await startSyncServer({ port });
    const startedAt = Date.now();
    const { message, notebookId, lostEvents } = await ends;
    assert.equal(notebookId, at.notebookId);
    assert.match(message, /has a different log of notebook .* \(it ends with event 0, and \d+ have been read\)/);
    assert.match(message, /start this runtime again .*; our last events are lost: .*v1\.RuntimeSessionRenewal/);
    assert.ok(lostEvents.includes("v1.RuntimeSessionRenewal"));
    await idle.wrote("it ends with event 0");
    assert.ok(Date.now() - startedAt < 60_000);
    assert.equal((await idle.end()).code, 6);

    const again = at.another();
    await again.start();
    await again.shutdown();
  } finally {
    await server.stop();
  }
});

Deno.test("an agent stops as soon as it reconnects to a server with a different, longer log", async () => {
  let server = await startSyncServer();
  const { syncUrl, authToken, port } = server;
  await using proxy = startTcpProxy(port);
  try {
    const reached = { syncUrl: syncUrl.replace(String(port), String(proxy.port)), authToken };
    await using at = await attach(reached, []);
    const ends = endOf(at.agent);
    proxy.close();
    proxy.cut();
    await server.stop();
    server = await startSyncServer({ port });
    await using person = await openClient({ syncUrl, authToken, notebookId: at.notebookId });
    for (let count = 0; count < 20; count++) person.addCell("1");
    await person.store.settled();
    proxy.open();
    const { message } = await ends;
    assert.match(message, /\(event \d+ differs there\)/);
  } finally {
    await server.stop();
  }
});
