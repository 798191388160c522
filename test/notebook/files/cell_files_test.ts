/**
 * The descriptions of the files that cells name, read from a real notebook and, in between, from servers that behave badly.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { CellFiles, type CellFilesOptions } from "../../../src/notebook/files/cell_files.ts";
import { readExecutionsAmongFiles } from "../../../src/notebook/files/executions_among_files.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { HastyClock } from "../../support/hasty_clock.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import { fileUploaded, uploadFile } from "../../support/uploaded_file.ts";

const date = new Date("2026-02-03T04:05:06.789Z");
const patient = () => AbortSignal.timeout(30_000);

/** A notebook whose cells are written, begun and looked at by hand. */
async function openNotebook({ syncUrl, authToken }: { syncUrl: string; authToken: string }) {
  const notebookId = newNotebookId();
  const client = await openClient({ syncUrl, authToken, notebookId });
  let runs = 0;
  const begun = (code: string) => {
    const id = `cell${++runs}`;
    return [
      events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
      events.cellSourceChanged({ id, source: code, modifiedBy: "ada" }),
      events.executionRequested({ queueId: `q${runs}`, cellId: id, executionCount: 1, requestedBy: "ada" }),
      started(`q${runs}`, id),
    ];
  };
  const ended = (status: "success" | "error") =>
    events.executionCompleted({
      queueId: `q${runs}`,
      cellId: `cell${runs}`,
      status,
      completedAt: date,
      executionDurationMs: 1,
    });
  const ran = (code: string, status: "success" | "error" = "success") => [...begun(code), ended(status)];
  return {
    notebookId,
    client,
    ran,
    /** The request that was made last. */
    lastRequest: () => `q${runs}`,
    commit: (...written: NotebookEvent[]) => client.store.commit(...written),
    /** Uploads a file as the app does; returns its artifact's id. */
    async upload(fileName: string, content: string): Promise<string> {
      const event = await uploadFile({ syncUrl, authToken, notebookId, fileName, content });
      client.store.commit(event);
      return event.args.artifactId;
    },
    /** Begins to run code; returns the request. */
    begin(code: string): string {
      client.store.commit(...begun(code));
      return `q${runs}`;
    },
    /** Begins to run code and ends it; returns the request. */
    run(code: string): string {
      client.store.commit(...ran(code));
      return `q${runs}`;
    },
    async [Symbol.asyncDispose]() {
      await client.store.close();
    },
  };
}

const started = (queueId: string, cellId: string, runtimeSessionId = "s") =>
  events.executionStarted({ queueId, cellId, runtimeSessionId, startedAt: date });

/** A notebook server's artifacts, as a test wants them to be, and what was asked for. */
function startArtifacts(answer: (path: string) => Response | Promise<Response>) {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const path = new URL(url).pathname;
    asked.push(path);
    return answer(path);
  });
  return {
    asked,
    syncUrl: `ws://127.0.0.1:${server.addr.port}/livestore`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

interface Notebook {
  notebookId: string;
  client: NotebookClient;
}

function cellFiles({ notebookId, client }: Notebook, syncUrl: string, options: Partial<CellFilesOptions> = {}) {
  const common = { notebook: client.store, notebookId, syncUrl, maxFileCharacters: 8_000, logger: silentLogger };
  const files = new CellFiles({ ...common, ...options });
  /** The descriptions of the files of a request and of those before it. */
  return async (queueId: string, signal = patient()) =>
    Object.fromEntries(await files.of(readExecutionsAmongFiles(client.store, queueId), signal));
}

Deno.test("the files of cells", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl } = server;

  await t.step("are described as they were when each cell was started, also by an agent that comes later", async () => {
    await using notebook = await openNotebook(server);
    const before = notebook.run("open('t.csv')");
    const one = await notebook.upload("t.csv", "a,b\n1,2\n");
    const first = notebook.run("pd.read_csv('t.csv')");
    const two = await notebook.upload("t.csv", "c\n3\n");
    const second = notebook.run("pd.read_csv('data/t.csv')");
    notebook.commit(events.fileDeleted2({ fileName: "t.csv", deletedAt: date }));
    const third = notebook.run("pd.read_csv('t.csv')");
    const other = notebook.run("1 + 1");
    const last = notebook.begin("open('t.csv')");
    const described = await cellFiles(notebook, syncUrl)(last);
    assert.deepEqual(Object.keys(described), [last, third, second, first]);
    assert.equal(described[before] ?? described[other], undefined);
    assert.equal(described[first][0].version, one);
    assert.match(described[first][0].description, /^8 bytes, CSV.*\n\| a,b\n\| 1,2$/);
    assert.deepEqual(described[second].map(({ name, version }) => [name, version]), [["t.csv", two]]);
    assert.match(described[second][0].description, /\n\| c\n\| 3$/);
    assert.deepEqual(described[third], [{
      name: "t.csv",
      version: `deleted ${two}`,
      description: "deleted; it does not exist any more",
    }]);
    assert.deepEqual(described[last], described[third]);
    assert.deepEqual(await cellFiles(notebook, syncUrl)(last), described);
  });

  await t.step("are fetched once each, a few at a time, and those that no cell names never", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    const names = Array.from({ length: 1_000 }, (_, index) => `f${index}.csv`);
    notebook.commit(...names.map((name) => fileUploaded(name, `${notebookId}/${name.slice(0, -4)}`)));
    let open = 0;
    let mostOpen = 0;
    await using artifacts = startArtifacts(async () => {
      mostOpen = Math.max(mostOpen, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      return new Response("a\n1\n");
    });
    const described = cellFiles(notebook, artifacts.syncUrl);
    await described(notebook.run("'f', 'csv', f'f{1}.csv'"));
    assert.deepEqual(artifacts.asked, []);
    const request = notebook.run(names.slice(0, 19).map((name) => `open('${name}')`).join("\n"));
    assert.equal((await described(request))[request].length, 19);
    assert.equal(artifacts.asked.length, 19);
    assert.equal(mostOpen, 4);
    const again = notebook.run(`open('f0.csv'), open('f1.csv'), open('f999.csv')`);
    await described(again);
    assert.equal(artifacts.asked.length, 20);
  });

  await t.step("are twenty a cell at most", async () => {
    await using notebook = await openNotebook(server);
    const names = Array.from({ length: 60 }, (_, index) => `f${index}.csv`);
    notebook.commit(...names.map((name) => fileUploaded(name, `${notebook.notebookId}/${name.slice(0, -4)}`)));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run(JSON.stringify(names));
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.deepEqual(described[request].map(({ name }) => name), names.slice(0, 20));
    assert.equal(artifacts.asked.length, 20);
  });

  await t.step("are not fetched if nothing is to be said about them", async () => {
    await using notebook = await openNotebook(server);
    notebook.commit(fileUploaded("t.csv", `${notebook.notebookId}/1`));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run("open('t.csv')");
    assert.deepEqual(await cellFiles(notebook, artifacts.syncUrl, { maxFileCharacters: 0 })(request), {});
    assert.deepEqual(artifacts.asked, []);
  });

  await t.step(
    "that could not be read stay so for that cell, and are read for the next one that names them",
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
      assert.equal(artifacts.asked.length, 2, "it is asked again once");
      assert.deepEqual(warnings, [["an uploaded file could not be read", {
        file: "t.csv",
        artifactId,
        error: "ArtifactError: the server answered HTTP 503 to the request for the file",
      }]]);
      status = 200;
      const other = notebook.run("2");
      assert.deepEqual(await described(other), { [first]: [unread] });
      assert.equal(artifacts.asked.length, 2, "nobody needs it now");
      const second = notebook.run("open('t.csv').read()");
      const { [first]: before, [second]: after } = await described(second);
      assert.deepEqual(before, [unread]);
      assert.deepEqual(after.map(({ version }) => version), [artifactId]);
      assert.equal(artifacts.asked.length, 3);
      const restarted = await cellFiles(notebook, artifacts.syncUrl)(second);
      assert.deepEqual(restarted[first], after, "an agent that comes later has said nothing else of it");
    },
  );

  await t.step("are asked for once where the server says plainly that it has not got them", async () => {
    await using notebook = await openNotebook(server);
    notebook.commit(fileUploaded("t.csv", `${notebook.notebookId}/1`));
    await using artifacts = startArtifacts(() => new Response(null, { status: 404 }));
    const request = notebook.run("open('t.csv')");
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.match(described[request][0].description, /could not be read/);
    assert.equal(artifacts.asked.length, 1);
  });

  await t.step("are not waited for indefinitely, and the others are described", async () => {
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

  await t.step("end with the signal's reason, and are read again by the next cell", async () => {
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

  await t.step("are those of the last run of a request that is started again", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    notebook.commit(fileUploaded("t.csv", `${notebookId}/1`));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const described = cellFiles(notebook, artifacts.syncUrl);
    const request = notebook.begin("open('t.csv')");
    const versions = async () => (await described(request))[request].map(({ version }) => version);
    assert.deepEqual(await versions(), [`${notebookId}/1`]);
    notebook.commit(fileUploaded("t.csv", `${notebookId}/2`));
    assert.deepEqual(await versions(), [`${notebookId}/1`]);
    notebook.commit(started(request, notebook.client.request(request).cellId, "s2"));
    assert.deepEqual(await versions(), [`${notebookId}/2`]);
  });

  await t.step("are described once each for old cells: the last of its name", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    for (let index = 0; index < 30; index++) {
      notebook.commit(fileUploaded("t.csv", `${notebookId}/${index}`), ...notebook.ran("open('t.csv')"));
    }
    const latest = notebook.lastRequest();
    notebook.commit(...notebook.ran("open('t.csv') # may have failed because the model did", "error"));
    const failed = notebook.lastRequest();
    notebook.commit(fileUploaded("u.csv", `${notebookId}/u`));
    const other = notebook.run("open('u.csv')");
    notebook.commit(...Array.from({ length: 300 }, () => notebook.ran("1")).flat());
    const last = notebook.begin("open('t.csv')");
    const described = await cellFiles(notebook, artifacts.syncUrl)(last);
    assert.deepEqual(Object.keys(described), [last, other, failed, latest]);
    assert.deepEqual(artifacts.asked.map((path) => path.split("/").at(-1)), ["29", "u"]);
  });

  await t.step("are not described under a name that cannot be a string, and keep odd names as they are", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    const names = ["", "a\nb.csv", "__proto__", "constructor", "Ünï cødé.csv", "a'b.csv", "$names", "%s.csv"];
    for (const [index, name] of names.entries()) notebook.commit(fileUploaded(name, `${notebookId}/${index}`));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run(names.map((name) => `open(${JSON.stringify(name)})`).join("\n"));
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.deepEqual(described[request].map(({ name }) => name), names.slice(2));
  });

  await t.step("are asked for on the notebook's server alone, whatever its editors have written", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    await using otherServer = startArtifacts(() => new Response("stolen"));
    await using artifacts = startArtifacts(() => Response.redirect(`${otherServer.syncUrl.replace("ws", "http")}/x`));
    const address = otherServer.syncUrl.replace("ws", "http");
    const ids = [
      `${notebookId}/1`,
      "other/1",
      `${notebookId}/../me`,
      `${notebookId}/%2e%2e/x`,
      `//${address}`,
      address,
    ];
    ids.forEach((id, index) => notebook.commit(fileUploaded(`f${index}.csv`, id, { fileUrl: `${address}/t.csv` })));
    const request = notebook.run(ids.map((_, index) => `open('f${index}.csv')`).join("\n"));
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.deepEqual(described[request].map(({ version }) => version), ids.map((id) => `unread ${id}`));
    assert.deepEqual(artifacts.asked, [`/api/artifacts/${notebookId}/1`]);
    assert.deepEqual(otherServer.asked, []);
  });
});
