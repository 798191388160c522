/**
 * The shutdown of the command while it is starting, and after a defect.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { answer, gate, stderr, stdout } from "../../support/scripted_answer.ts";
import type { ScriptedModelOptions } from "../../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../../support/sync_relay.ts";
import { ServedNotebook } from "./served_notebook.ts";

/** The URL of the command with two defects. */
const faultyAipython = new URL("./faulty_aipython.ts", import.meta.url);

const hanging = { models: () => new Promise<never>(() => {}) } satisfies ScriptedModelOptions;

function tagOf(frame: string): string {
  return JSON.parse(frame)._tag;
}

Deno.test("aipython shuts down while it is starting", async (t) => {
  await using server = await startSyncServer();

  await t.step("aipython exits with 130 on SIGINT while it waits for the sync server", async () => {
    const asked = Promise.withResolvers<void>();
    const onRequest = () => (asked.resolve(), new Promise<void>(() => {}));
    await using relay = startSyncRelay(server.syncUrl, { onRequest });
    await using notebook = await ServedNotebook.open(server);
    await using command = notebook.start(relay.syncUrl);
    await asked.promise;
    command.kill("SIGINT");
    const { code, written } = await command.end();
    assert.equal(code, 130, written);
  });

  await t.step("aipython exits with 143 on SIGTERM while it waits for the model server", async () => {
    const asked = Promise.withResolvers<void>();
    const models = () => (asked.resolve(), hanging.models());
    await using notebook = await ServedNotebook.open(server, [], { models });
    await using command = notebook.start();
    await asked.promise;
    command.kill("SIGTERM");
    const { code, written } = await command.end();
    assert.equal(code, 143, written);
    assert.deepEqual(await notebook.log(), []);
  });

  await t.step("aipython exits with 143 on SIGTERM while it waits for the notebook, and writes nothing", async () => {
    const asked = Promise.withResolvers<void>();
    const fromClient = (frame: string) => {
      if (tagOf(frame) !== "WSMessage.PullReq") return frame;
      asked.resolve();
    };
    await using relay = startSyncRelay(server.syncUrl, { fromClient });
    await using notebook = await ServedNotebook.open(server);
    await using command = notebook.start(relay.syncUrl);
    await asked.promise;
    command.kill("SIGTERM");
    const { code, written } = await command.end();
    assert.equal(code, 143, written);
    assert.deepEqual(await notebook.log(), []);
  });

  await t.step("aipython ends a session that it has just announced", async () => {
    const announcement = holdFrames("v1.RuntimeSessionStarted");
    await using relay = startSyncRelay(server.syncUrl, { fromClient: announcement.hook });
    await using notebook = await ServedNotebook.open(server);
    await using command = notebook.start(relay.syncUrl);
    await announcement.reached;
    command.kill("SIGTERM");
    await command.wrote("SIGTERM: shutting down");
    announcement.release();
    const { code, written } = await command.end();
    assert.equal(code, 143, written);
    await notebook.sessionsEnded(1);
  });

  await t.step(
    "aipython exits with 1 and reports undelivered events when the sync server does not confirm its session",
    async () => {
      const announced = Promise.withResolvers<void>();
      const fromClient = (frame: string) => {
        if (!frame.includes("v1.RuntimeSessionStarted")) return frame;
        announced.resolve();
      };
      await using relay = startSyncRelay(server.syncUrl, { fromClient });
      await using notebook = await ServedNotebook.open(server);
      await using command = notebook.start(relay.syncUrl);
      await announced.promise;
      command.kill("SIGTERM");
      const { code, written } = await command.end();
      assert.equal(code, 1, written);
      assert.match(written, /did not accept our last events within 4 s: .*v1\.RuntimeSessionTerminated/);
    },
  );
});

Deno.test("aipython exits with 1 after a defect", async (t) => {
  await using server = await startSyncServer();

  await t.step("an uncaught error cancels the cell, ends the session and is shown with its stack", async () => {
    await using notebook = await ServedNotebook.open(
      server,
      answer(stdout("so far\n"), gate("shown"), stderr("fault"), gate("never")),
    );
    await using command = notebook.start(undefined, faultyAipython);
    await command.attached;
    const cell = notebook.person.addCell("print('so far')\nforever()");
    const request = notebook.person.run(cell);
    await notebook.person.textHas(cell, "so far");
    notebook.model.open("shown");
    const { code, written } = await command.end();
    assert.equal(code, 1);
    assert.match(written, /TypeError: a fault of the notebook's side\n +at /);
    await notebook.person.requestIs(request, "cancelled");
    await notebook.sessionsEnded(1);
  });

  await t.step("an error in LiveStore's store leaves the cell to the next runtime", async () => {
    await using notebook = await ServedNotebook.open(
      server,
      ({ number }) => answer(stdout(`run ${number}\n`), ...number === 0 ? [gate("never")] : []),
    );
    const { person } = notebook;
    await using command = notebook.start(undefined, faultyAipython);
    await command.attached;
    const cell = person.addCell("print('run')\nforever()");
    const request = person.run(cell);
    await person.textHas(cell, "run 0");
    person.store.commit(events.toolApprovalRequested({
      toolCallId: "call",
      cellId: cell,
      toolName: "tool",
      arguments: {},
      requestedAt: new Date(),
    }));
    const { code, written } = await command.end();
    assert.equal(code, 1);
    assert.match(written, /the notebook's store failed/);
    assert.equal(person.request(request).status, "executing");
    await using next = notebook.start();
    await person.requestIs(request, "completed");
    assert.equal(person.text(cell), "run 1\n");
    next.kill("SIGTERM");
    await next.end();
  });
});
