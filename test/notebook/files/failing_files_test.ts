/**
 * Tests of files that cannot be read, or only later.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { HastyClock } from "../../support/hasty_clock.ts";
import { fileUploaded } from "../../support/uploaded_file.ts";
import { cellFiles, openNotebook, startArtifacts } from "./notebook_with_files.ts";

Deno.test("CellFiles.of() describes files that cannot be read", async (t) => {
  await using server = await startSyncServer();

  await t.step(
    "an unread file stays unread for its cell and is read for the next cell that names it",
    async () => {
      await using notebook = await openNotebook(server);
      const { notebookId } = notebook;
      const artifactId = `${notebookId}/1`;
      notebook.commit(fileUploaded("t.csv", artifactId));
      let status = 503;
      await using artifacts = startArtifacts(() => new Response("a\n1\n", { status }));
      const warnings: [string, LogFields?][] = [];
      const logger = { ...silentLogger, warn: (...line: [string, LogFields?]) => void warnings.push(line) };
      const described = cellFiles(notebook, artifacts.syncUrl, { clock: new HastyClock(50), logger });
      const first = notebook.run("open('t.csv')");
      const unread = {
        name: "t.csv",
        version: `unread ${artifactId}`,
        description: "it exists; its content could not be read and is not shown",
      };
      assert.deepEqual(await described(first), { [first]: [unread] });
      assert.equal(artifacts.asked.length, 2, "the file is requested again once");
      assert.deepEqual(warnings, [["an uploaded file could not be read", {
        file: "t.csv",
        artifactId,
        error: "ArtifactError: the server answered HTTP 503 to the request for the file",
      }]]);
      status = 200;
      const other = notebook.run("2");
      assert.deepEqual(await described(other), { [first]: [unread] });
      assert.equal(artifacts.asked.length, 2, "no cell needs the file now");
      const second = notebook.run("open('t.csv').read()");
      const { [first]: before, [second]: after } = await described(second);
      assert.deepEqual(before, [unread]);
      assert.deepEqual(after.map(({ version }) => version), [artifactId]);
      assert.equal(artifacts.asked.length, 3);
      const restarted = await cellFiles(notebook, artifacts.syncUrl)(second);
      assert.deepEqual(restarted[first], after, "a later agent has not described the file otherwise");
    },
  );

  await t.step("a file is requested only once when the server answers HTTP 404", async () => {
    await using notebook = await openNotebook(server);
    notebook.commit(fileUploaded("t.csv", `${notebook.notebookId}/1`));
    await using artifacts = startArtifacts(() => new Response(null, { status: 404 }));
    const request = notebook.run("open('t.csv')");
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.match(described[request][0].description, /could not be read/);
    assert.equal(artifacts.asked.length, 1);
  });

  await t.step("slow files are not waited for indefinitely, and the other files are described", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    const names = ["a", "b", "c", "d", "e", "f"];
    notebook.commit(...names.map((name) => fileUploaded(`${name}.csv`, `${notebookId}/${name}`)));
    const leave = Promise.withResolvers<void>();
    await using artifacts = startArtifacts(async (path) => {
      if (!path.endsWith("/f")) await leave.promise;
      return new Response("a\n1\n");
    });
    using _ = { [Symbol.dispose]: () => leave.resolve() };
    const described = cellFiles(notebook, artifacts.syncUrl, { clock: new HastyClock(10) });
    const first = notebook.run(
      "open('f.csv'), open('a.csv'), open('b.csv'), open('c.csv'), open('d.csv'), open('e.csv')",
    );
    const { [first]: files } = await described(first);
    assert.deepEqual(files.map(({ version }) => version), [
      `${notebookId}/f`,
      ...["a", "b", "c", "d", "e"].map((name) => `unread ${notebookId}/${name}`),
    ]);
  });

  await t.step("an aborted call rejects with the signal's reason, and the next cell reads the file", async () => {
    await using notebook = await openNotebook(server);
    notebook.commit(fileUploaded("t.csv", `${notebook.notebookId}/1`));
    const leave = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    await using artifacts = startArtifacts(async () => {
      arrived.resolve();
      await leave.promise;
      return new Response("a\n1\n");
    });
    using _ = { [Symbol.dispose]: () => leave.resolve() };
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
    const described = cellFiles(notebook, artifacts.syncUrl, { logger });
    const interrupted = new AbortController();
    const reason = new Error("the cell was interrupted");
    const first = notebook.run("open('t.csv')");
    const describing = described(first, interrupted.signal);
    describing.catch(() => {});
    await arrived.promise;
    interrupted.abort(reason);
    await assert.rejects(describing, reason);
    leave.resolve();
    const second = notebook.run("1");
    assert.deepEqual((await described(second))[first].map(({ version }) => version), [`${notebook.notebookId}/1`]);
    assert.deepEqual(warnings, []);
  });
});
