/**
 * Tests of the uploaded files that cells name, and of their descriptions in requests to the model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached, type SyncServerAddress } from "../support/attached.ts";
import { answer, gate, result, text } from "../support/scripted_answer.ts";
import type { ScriptSource } from "../support/scripted_model_server.ts";
import { startSyncRelay } from "../support/sync_relay.ts";
import { fileUploaded, uploadFile } from "../support/uploaded_file.ts";

const READ = "import pandas as pd\ndf = pd.read_csv('t.csv')\ndf.head()";
const date = new Date("2026-02-03T04:05:06.789Z");

/** Attaches an agent whose reasoning effort is the same for every cell, and a person who uploads files. */
async function open(server: SyncServerAddress, script: ScriptSource, options: AIPythonAgentOptions = {}) {
  const at = await attach(server, script, { reasoning: "off", ...options });
  const { person, notebookId, model } = at;
  return {
    at,
    person,
    /** Uploads a file as the app does, and returns its artifact id. */
    async upload(fileName: string, content: string): Promise<string> {
      const event = await uploadFile({ ...server, notebookId, fileName, content });
      person.store.commit(event);
      return event.args.artifactId;
    },
    /** Runs a cell until it has ended. Default type: code. */
    async run(source: string, cellType?: "code" | "ai"): Promise<void> {
      await person.requestIs(person.run(person.addCell(source, cellType)), "completed", "failed");
    },
    /** Returns the turns of a request as JSON texts. The last one is that of the cell. Default: the last request. */
    turns: (request = model.requests.length - 1): string[] =>
      model.requests[request].body.messages.map((message: unknown) => JSON.stringify(message)),
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  };
}

/** Starts a relay to a server that holds back the requests for artifacts. */
function holdFiles({ syncUrl, authToken }: SyncServerAddress) {
  const arrived = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const relay = startSyncRelay(syncUrl, {
    async onRequest(path, { method }) {
      if (method !== "GET" || !path.startsWith("/api/artifacts/")) return;
      arrived.resolve();
      await leave.promise;
    },
  });
  return {
    syncUrl: relay.syncUrl,
    authToken,
    arrived: arrived.promise,
    letGo: leave.resolve,
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}

/** Returns the text of the last turn of the last request. */
function lastTurn({ model }: Attached): string {
  return model.requests.at(-1)!.body.messages.at(-1).content;
}

/** Returns whether a request begins with all turns of an earlier one. */
function beginsWith(turns: readonly string[], earlier: readonly string[]): boolean {
  return earlier.every((turn, index) => turns[index] === turn);
}

Deno.test("an agent describes uploaded files to the model", async (t) => {
  await using server = await startSyncServer();

  await t.step("a file is described in the turn of the first cell that names it, and stays there", async () => {
    await using notebook = await open(server, answer(result("   a  b")));
    const { at, run, turns } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n3,4\n");
    await run("1 + 1");
    assert.doesNotMatch(lastTurn(at), /t\.csv/);
    await run(READ);
    assert.match(lastTurn(at), /^File "t\.csv": 12 bytes, CSV.*\n\| a,b\n\| 1,2\n\| 3,4\nIn \[2\]:.*\nimport pandas/);
    await run("pd.read_csv('t.csv').b.sum()");
    assert.match(lastTurn(at), /^In \[3\]:/);
    assert.ok(beginsWith(turns(1), turns(0)) && beginsWith(turns(2), turns(1)));
  });

  await t.step("a file is described to the assistant once, with the first cell or question that names it", async () => {
    const play: ScriptSource = ({ body }) =>
      body.tools === undefined ? answer(text("Two.")) : answer(result("   a  b"));
    await using notebook = await open(server, play);
    const { at, run, turns } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n");
    await notebook.upload("u.csv", "c\n3\n");
    await run(READ);
    await run("How many columns has u.csv?", "ai");
    const first = at.model.requests.at(-1)!.body.messages;
    assert.match(first[1].content, /^File "t\.csv": 8 bytes, CSV.*\n\| a,b\n\| 1,2\n\nCode cell In \[1\]:\n/);
    assert.match(first[1].content, /\n\nFile "u\.csv": 4 bytes, CSV.*\n\| c\n\| 3\n\nQuestion:\nHow many/);
    await run("And t.csv, beside u.csv?", "ai");
    assert.match(lastTurn(at), /^Question:\nAnd t\.csv/);
    assert.equal(at.model.requests.at(-1)!.body.messages[2].content, "Two.");
    assert.equal(turns().slice(1).join("").split('File \\"').length - 1, 2);
    await notebook.upload("t.csv", "d\n4\n");
    await run("And now t.csv?", "ai");
    assert.match(lastTurn(at), /^File "t\.csv": 4 bytes, CSV.*\n\| d\n\| 4\n\nQuestion:\nAnd now/);
  });

  await t.step("a changed file is described again, and a deleted file is reported as deleted", async () => {
    await using notebook = await open(server, answer(result("1")));
    const { at, person, run, turns } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n");
    await run(READ);
    await notebook.upload("t.csv", "c\n3\n");
    await run("2");
    assert.doesNotMatch(lastTurn(at), /File/);
    await run("open('t.csv').read()");
    assert.match(lastTurn(at), /^File "t\.csv": 4 bytes.*\n\| c\n\| 3\nIn \[3\]/);
    person.store.commit(events.fileDeleted2({ fileName: "t.csv", deletedAt: date }));
    await run(READ);
    assert.match(lastTurn(at), /^File "t\.csv": deleted; it does not exist any more\nIn \[4\]/);
    for (const request of [1, 2, 3]) assert.ok(beginsWith(turns(request), turns(request - 1)));
  });

  await t.step("a restarted agent repeats the descriptions of files byte for byte", async () => {
    await using notebook = await open(server, answer(result("1")));
    const { at, run, turns } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n");
    await notebook.upload("gone.txt", "x\n");
    await run("open('gone.txt').read()");
    await run(READ);
    await notebook.upload("t.csv", "a,b\n5,6\n");
    notebook.person.store.commit(events.fileDeleted1({ fileName: "gone.txt" }));
    await run("df = pd.read_csv('t.csv')");
    await at.agent.shutdown();
    await at.another().start();
    await run("df.describe()");
    assert.ok(beginsWith(turns(3), turns(2)));
    assert.match(JSON.stringify(turns(3)), /gone\.txt.*1,2.*5,6.*describe/);
    assert.doesNotMatch(lastTurn(at), /File/);
  });

  await t.step("files are fetched from the notebook's server without credentials", async () => {
    const asked: { path: string; headers: string }[] = [];
    await using relay = startSyncRelay(server.syncUrl, {
      onRequest(path, { method, headers }) {
        if (method === "GET" && path !== "/api/me") asked.push({ path, headers: JSON.stringify([...headers]) });
      },
    });
    const { authToken } = server;
    await using notebook = await open({ syncUrl: relay.syncUrl, authToken }, answer(result("1")));
    const artifactId = await notebook.upload("t.csv", "a,b\n1,2\n");
    await notebook.upload("other.csv", "1\n");
    await notebook.run(READ);
    await notebook.run(READ);
    assert.deepEqual(asked.map(({ path }) => path), [`/api/artifacts/${artifactId}`]);
    assert.ok(!asked[0].headers.includes(authToken));
    assert.doesNotMatch(asked[0].headers, /authorization|cookie|test-key/i);
  });

  await t.step("with maxFileCharacters 0, files are not fetched, and the model is sent only their names", async () => {
    const asked: string[] = [];
    await using relay = startSyncRelay(server.syncUrl, { onRequest: (path) => void asked.push(path) });
    const { authToken } = server;
    await using notebook = await open({ syncUrl: relay.syncUrl, authToken }, answer(result("1")), {
      maxFileCharacters: 0,
    });
    await notebook.upload("t.csv", "a,b\n1,2\n");
    await notebook.run(READ);
    assert.ok(lastTurn(notebook.at).startsWith('File "t.csv": it exists; its content is not shown\nIn [1]'));
    assert.ok(!asked.some((path) => path.startsWith("/api/artifacts/")));
  });

  await t.step("a cell is answered although its file cannot be read", async () => {
    const artifacts: Record<string, () => Response> = {
      "is gone": () => new Response(null, { status: 404 }),
      "redirects": () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1:9/stolen" } }),
      "is too large": () => new Response(new Uint8Array(17 * 1024 * 1024)),
    };
    for (const [what, respond] of Object.entries(artifacts)) {
      await using relay = startSyncRelay(server.syncUrl, {
        onRequest: (path, { method }) => method === "GET" && path.startsWith("/api/artifacts/") ? respond() : undefined,
      });
      const { authToken } = server;
      await using notebook = await open({ syncUrl: relay.syncUrl, authToken }, answer(result("1")));
      await notebook.upload("t.csv", "a,b\n1,2\n");
      await notebook.run(READ);
      assert.match(lastTurn(notebook.at), /^File "t\.csv": it exists; its content .*\nIn \[1\]/, what);
    }
  });

  await t.step("the wait for a file ends when the cell is cancelled", async () => {
    await using held = holdFiles(server);
    await using notebook = await open(held, answer(result("1")));
    const { at, person } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n");
    const cell = person.addCell(READ);
    const request = person.run(cell);
    await held.arrived;
    await person.textHas(cell, "AIPython is reading the files", "stderr");
    person.cancel(request, cell);
    // The agent removes its note once it has received the cancellation.
    const ofCell = tables.outputs.where({ cellId: cell });
    await person.until(ofCell, (outputs) => outputs.every(({ data }) => !data?.includes("AIPython")));
    held.letGo();
    await notebook.run("1");
    assert.equal(person.request(request).status, "cancelled");
    assert.equal(at.model.requests.length, 1);
    assert.equal(person.text(cell, "stderr"), "");
    assert.doesNotMatch(lastTurn(at), /AIPython/);
  });

  await t.step("a shutdown does not wait for files", async () => {
    await using held = holdFiles(server);
    await using notebook = await open(held, answer(gate("never")));
    const { at, person } = notebook;
    await notebook.upload("t.csv", "a,b\n1,2\n");
    const request = person.run(person.addCell(READ));
    await held.arrived;
    await at.agent.shutdown();
    await person.requestIs(request, "cancelled");
    held.letGo();
  });

  await t.step("files are never fetched from an address that an editor wrote into the notebook", async () => {
    const came: string[] = [];
    await using otherServer = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
      came.push(url);
      return new Response("a,b\n1,2\n");
    });
    const address = `http://127.0.0.1:${otherServer.addr.port}/t.csv`;
    await using notebook = await open(server, answer(result("1")));
    const { at, person, run } = notebook;
    const real = await notebook.upload("real.csv", "a,b\n1,2\n");
    const ids = [address, `//127.0.0.1:${otherServer.addr.port}/t.csv`, `${at.notebookId}/../../t.csv`, "other/1"];
    person.store.commit(
      fileUploaded("named.csv", real, { fileUrl: address }),
      ...ids.map((id, index) => fileUploaded(`f${index}.csv`, id, { fileUrl: address })),
    );
    await run(["named.csv", ...ids.map((_, index) => `f${index}.csv`)].map((name) => `open('${name}')`).join("\n"));
    assert.match(
      lastTurn(at),
      /^File "named\.csv": 8 bytes.*\n\| a,b\n\| 1,2\n(File "f\d\.csv": it exists; .*\n){4}In \[1\]/,
    );
    assert.deepEqual(came, []);
  });
});
