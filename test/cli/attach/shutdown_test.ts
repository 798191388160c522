/**
 * How the command leaves: soon, whatever hangs, and without leaving anything behind that the next runtime cannot mend.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer, type SyncServer } from "../../../stack/sync_server/start.ts";
import { openSocket, socketUrl, type SyncEvent } from "../../stack/sync_server/sync_socket.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import { answer, gate, result, stderr, stdout } from "../../support/scripted_answer.ts";
import {
  type ScriptedModelOptions,
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { holdFrames, startSyncRelay } from "../../support/sync_relay.ts";
import { startTcpProxy } from "../../support/tcp_proxy.ts";
import { RunningCommand } from "../running_command.ts";

/** The command with two faults built in. */
const faultyAipython = new URL("./faulty_aipython.ts", import.meta.url);

const hanging = { models: () => new Promise<never>(() => {}) } satisfies ScriptedModelOptions;

/** A notebook with a person in it and a model for its runtime. */
class ServedNotebook implements AsyncDisposable {
  readonly #server: SyncServer;
  readonly notebookId: string;
  readonly person: NotebookClient;
  readonly model: ScriptedModelServer;

  private constructor(server: SyncServer, notebookId: string, person: NotebookClient, model: ScriptedModelServer) {
    this.#server = server;
    this.notebookId = notebookId;
    this.person = person;
    this.model = model;
  }

  static async open(
    server: SyncServer,
    script: ScriptSource = [],
    options?: ScriptedModelOptions,
  ): Promise<ServedNotebook> {
    const notebookId = newNotebookId();
    const { syncUrl, authToken } = server;
    const person = await openClient({ syncUrl, authToken, notebookId });
    return new ServedNotebook(server, notebookId, person, await startScriptedModel(script, options));
  }

  /** The environment of a runtime of this notebook. */
  environment(syncUrl = this.#server.syncUrl): Record<string, string> {
    return {
      NOTEBOOK_ID: this.notebookId,
      AUTH_TOKEN: this.#server.authToken,
      LIVESTORE_SYNC_URL: syncUrl,
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: this.model.baseUrl,
    };
  }

  /** Starts a runtime. */
  start(syncUrl?: string, script?: URL): RunningCommand {
    return new RunningCommand({ environment: this.environment(syncUrl), script });
  }

  /** The notebook's log, as the server has it. */
  async log(): Promise<SyncEvent[]> {
    const { syncUrl, authToken } = this.#server;
    await using socket = await openSocket(socketUrl(syncUrl, this.notebookId, { authToken }));
    socket.send({ _tag: "WSMessage.PullReq", requestId: "log" });
    const log: SyncEvent[] = [];
    while (true) {
      const { batch = [], remaining = 0 } = await socket.next();
      log.push(...batch.map(({ eventEncoded }) => eventEncoded));
      if (remaining === 0) return log;
    }
  }

  /** Resolves when the notebook knows of this many sessions and none of them is active. */
  async sessionsEnded(count: number): Promise<void> {
    await this.person.until(
      tables.runtimeSessions,
      (rows) => rows.length === count && rows.every((row) => row.terminatedReason === "shutdown"),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.person.store.close();
    await this.model.stop();
  }
}

function tagOf(frame: string): string {
  return JSON.parse(frame)._tag;
}

Deno.test("aipython leaves when it is asked to while it is starting", async (t) => {
  await using server = await startSyncServer();

  await t.step("and waits for the sync server", async () => {
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

  await t.step("and waits for the model server", async () => {
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

  await t.step("and waits for the notebook, of which it is no runtime yet", async () => {
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

  await t.step("and has just announced itself: it takes that back", async () => {
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
    "and has announced itself to a server that does not answer any more: it says so and leaves",
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

Deno.test("aipython leaves when it is asked to while a cell runs", async (t) => {
  await using server = await startSyncServer();

  await t.step("which is cancelled with what it has shown; those that wait are for the next runtime", async () => {
    await using notebook = await ServedNotebook.open(
      server,
      ({ number }) => number === 0 ? answer(stdout("so far\n"), gate("never")) : answer(result(String(number))),
    );
    const { person } = notebook;
    await using command = notebook.start();
    await command.attached;
    const cells = ["print('so far')\nforever()", "1", "2"].map((source) => person.addCell(source));
    const requests = person.runAll(cells);
    await person.textHas(cells[0], "so far");
    command.kill("SIGTERM");
    const { code, written } = await command.end();
    assert.equal(code, 143, written);
    await person.requestIs(requests[0], "cancelled");
    await notebook.sessionsEnded(1);
    assert.equal(person.text(cells[0]), "so far\n");
    assert.match(person.outputs(cells[0]).at(-1)!.data!, /"ename":"KeyboardInterrupt"/);
    assert.deepEqual(requests.slice(1).map((id) => person.request(id).status), ["pending", "pending"]);
    const log = await notebook.log();
    const last = log.findIndex(({ name }) => name === "v1.ExecutionCancelled");
    const { reason } = log[last].args as { reason: string };
    assert.equal(reason, "the runtime was shut down");
    assert.deepEqual(log.slice(last).map(({ name }) => name), [
      "v1.ExecutionCancelled",
      "v1.RuntimeSessionTerminated",
    ]);

    await using next = notebook.start();
    await person.requestIs(requests[2], "completed");
    assert.equal(person.request(requests[0]).status, "cancelled");
    assert.equal(notebook.model.requests.length, 3);
    next.kill("SIGINT");
    assert.equal((await next.end()).code, 130);
    await notebook.sessionsEnded(2);
  });

  await t.step("of which the model has not said anything", async () => {
    const asked = Promise.withResolvers<void>();
    await using notebook = await ServedNotebook.open(server, () => (asked.resolve(), new Promise<never>(() => {})));
    await using command = notebook.start();
    await command.attached;
    const request = notebook.person.run(notebook.person.addCell("forever()"));
    await asked.promise;
    command.kill("SIGINT");
    const { code, written } = await command.end();
    assert.equal(code, 130, written);
    await notebook.person.requestIs(request, "cancelled");
    await notebook.sessionsEnded(1);
  });

  await t.step(
    "and the sync server has gone silent: it says what was lost, and the next runtime mends it",
    async () => {
      await using proxy = startTcpProxy(server.port);
      const syncUrl = server.syncUrl.replace(String(server.port), String(proxy.port));
      await using notebook = await ServedNotebook.open(
        server,
        ({ number }) => answer(stdout(`run ${number}\n`), ...number === 0 ? [gate("never")] : []),
      );
      const { person } = notebook;
      await using command = notebook.start(syncUrl);
      await command.attached;
      const cell = person.addCell("print('run')\nforever()");
      const request = person.run(cell);
      await person.textHas(cell, "run 0");
      proxy.stall();
      command.kill("SIGTERM");
      const { code, written } = await command.end();
      assert.equal(code, 1, written);
      assert.match(
        written,
        /the sync server did not accept our last events within 4 s: v1\.ErrorOutputAdded, v1\.ExecutionCancelled, v1\.RuntimeSessionTerminated; /,
      );
      await using next = notebook.start();
      await person.requestIs(request, "completed");
      assert.equal(person.text(cell), "run 1\n");
      next.kill("SIGTERM");
      assert.equal((await next.end()).code, 143);
    },
  );

  await t.step("and at once when it is asked twice, although the sync server has gone silent", async () => {
    await using proxy = startTcpProxy(server.port);
    const syncUrl = server.syncUrl.replace(String(server.port), String(proxy.port));
    await using notebook = await ServedNotebook.open(server);
    await using command = notebook.start(syncUrl);
    await command.attached;
    proxy.stall();
    command.kill("SIGTERM");
    await command.wrote("SIGTERM: shutting down");
    command.kill("SIGINT");
    const { code, written } = await command.end();
    assert.equal(code, 130);
    assert.match(written, /SIGINT again: ending at once/);
    assert.doesNotMatch(written, /did not take/);
  });
});

Deno.test("aipython ends with 1 after a fault", async (t) => {
  await using server = await startSyncServer();

  await t.step("that nothing caught: it cancels the cell, says goodbye, and shows where it happened", async () => {
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

  await t.step("of LiveStore's store: the cell is left to the next runtime", async () => {
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
