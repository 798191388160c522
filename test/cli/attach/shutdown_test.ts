/**
 * The shutdown of the command: it exits soon even if a server hangs, and the next runtime can repair the notebook.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { answer, gate, result, stdout } from "../../support/scripted_answer.ts";
import { startTcpProxy } from "../../support/tcp_proxy.ts";
import { ServedNotebook } from "./served_notebook.ts";

Deno.test("aipython shuts down while a cell runs", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "a signal cancels the running cell, keeps its outputs and leaves the waiting cells to the next runtime",
    async () => {
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
    },
  );

  await t.step("a signal cancels a cell for which the model has not answered yet", async () => {
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
    "the command reports undelivered events, and the next runtime runs the cell again",
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

  await t.step("a second signal makes the command exit immediately while the sync server is silent", async () => {
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
