/**
 * Tests of the descriptions of the files that cells name, with a real notebook and with servers that misbehave.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events } from "../../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { fileUploaded } from "../../support/uploaded_file.ts";
import { cellFiles, date, openNotebook, startArtifacts, started } from "./notebook_with_files.ts";

Deno.test("CellFiles.of() describes the files that cells name", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl } = server;

  await t.step("files are described as they were when each cell started, also by a later agent", async () => {
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

  await t.step("files are fetched once, at most four at a time, and only if a cell names them", async () => {
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

  await t.step("at most twenty files of a cell are described", async () => {
    await using notebook = await openNotebook(server);
    const names = Array.from({ length: 60 }, (_, index) => `f${index}.csv`);
    notebook.commit(...names.map((name) => fileUploaded(name, `${notebook.notebookId}/${name.slice(0, -4)}`)));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run(JSON.stringify(names));
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.deepEqual(described[request].map(({ name }) => name), names.slice(0, 20));
    assert.equal(artifacts.asked.length, 20);
  });

  await t.step("with maxFileCharacters 0, files are not fetched, and only their names are known", async () => {
    await using notebook = await openNotebook(server);
    notebook.commit(fileUploaded("t.csv", `${notebook.notebookId}/1`));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run("open('t.csv')");
    const described = await cellFiles(notebook, artifacts.syncUrl, { maxFileCharacters: 0 })(request);
    const description = "it exists; its content is not shown";
    assert.deepEqual(described[request].map((file) => [file.name, file.description]), [["t.csv", description]]);
    assert.deepEqual(artifacts.asked, []);
  });
});

Deno.test("CellFiles.of() describes the files of earlier cells", async (t) => {
  await using server = await startSyncServer();

  await t.step("a request that is started again has the files of its last start", async () => {
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

  await t.step("a file that many old cells name is described with the latest of them only", async () => {
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

  await t.step("files with an empty or multi-line name are not described, and other odd names are kept", async () => {
    await using notebook = await openNotebook(server);
    const { notebookId } = notebook;
    const names = ["", "a\nb.csv", "__proto__", "constructor", "Ünï cødé.csv", "a'b.csv", "$names", "%s.csv"];
    for (const [index, name] of names.entries()) notebook.commit(fileUploaded(name, `${notebookId}/${index}`));
    await using artifacts = startArtifacts(() => new Response("a\n1\n"));
    const request = notebook.run(names.map((name) => `open(${JSON.stringify(name)})`).join("\n"));
    const described = await cellFiles(notebook, artifacts.syncUrl)(request);
    assert.deepEqual(described[request].map(({ name }) => name), names.slice(2));
  });

  await t.step("files are fetched only from the notebook's server, whatever the notebook's events say", async () => {
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
