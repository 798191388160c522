import assert from "node:assert/strict";
import { HastyClock } from "../../support/hasty_clock.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import { startTcpProxy } from "../../support/tcp_proxy.ts";
import { openSocket, socketUrl } from "../../stack/sync_server/sync_socket.ts";

const cellIds = (client: NotebookClient) => client.store.query(tables.cells.select("id"));
const hasCells = (count: number) => (rows: readonly unknown[]) => rows.length === count;
const allCells = tables.cells.select("id");

Deno.test("the sync backend connects a store to the notebook's server", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  const open = (notebookId: string, port = server.port) =>
    openClient({ syncUrl: syncUrl.replace(String(server.port), String(port)), authToken, notebookId });

  await t.step("an empty notebook is opened", async () => {
    await using client = await open(newNotebookId());
    assert.deepEqual(cellIds(client), []);
  });

  await t.step("a client's events reach a connected client and a later one", async () => {
    const id = newNotebookId();
    await using ada = await open(id);
    await using bob = await open(id);
    const cell = ada.addCell("1 + 1");
    await bob.until(allCells, hasCells(1));
    assert.deepEqual(cellIds(bob), [cell]);
    await using late = await open(id);
    assert.deepEqual(cellIds(late), [cell]);
  });

  await t.step("two clients that write at the same time agree", async () => {
    const id = newNotebookId();
    await using ada = await open(id);
    await using bob = await open(id);
    for (let round = 0; round < 10; round++) {
      for (let cell = 0; cell < 5; cell++) {
        ada.addCell(`ada ${round}`);
        bob.addCell(`bob ${round}`);
      }
      // Lets frames arrive in between, so that rounds meet in the middle of a push.
      await new Promise((resolve) => setTimeout(resolve));
    }
    await Promise.all([ada.until(allCells, hasCells(100)), bob.until(allCells, hasCells(100))]);
    await Promise.all([ada.store.settled(), bob.store.settled()]);
    await using reader = await open(id);
    assert.deepEqual(cellIds(ada).toSorted(), cellIds(reader).toSorted());
    assert.deepEqual(cellIds(bob).toSorted(), cellIds(reader).toSorted());
  });

  await t.step("a notebook of several pages is pulled completely", async () => {
    const id = newNotebookId();
    await using writer = await open(id);
    for (let cell = 0; cell < 175; cell++) writer.addCell(String(cell));
    await writer.store.settled();
    await using reader = await open(id);
    assert.equal(cellIds(reader).length, 175);
    reader.addCell("commits are open again");
    await reader.store.settled();
  });

  await t.step("events are sent and received again after every connection was cut", async () => {
    const id = newNotebookId();
    await using proxy = startTcpProxy(server.port);
    await using ada = await open(id, proxy.port);
    await using bob = await open(id);
    proxy.close();
    proxy.cut();
    ada.addCell("written while offline");
    bob.addCell("written meanwhile");
    await bob.store.settled();
    assert.equal(ada.store.isSettled, false);
    proxy.open();
    await Promise.all([ada.until(allCells, hasCells(2)), bob.until(allCells, hasCells(2))]);
    await ada.store.settled();
    bob.addCell("broadcasts arrive again");
    await ada.until(allCells, hasCells(3));
  });

  await t.step("a connection that is open but dead is detected", async () => {
    const id = newNotebookId();
    await using proxy = startTcpProxy(server.port);
    await using ada = await openClient({
      syncUrl: syncUrl.replace(String(server.port), String(proxy.port)),
      authToken,
      notebookId: id,
      clock: new HastyClock(100),
    });
    await using bob = await open(id);
    proxy.stall();
    bob.addCell("nobody tells ada");
    await ada.until(allCells, hasCells(1));
  });

  await t.step("a client continues after events that it cannot read", async () => {
    const id = newNotebookId();
    await using raw = await openSocket(socketUrl(syncUrl, id, { authToken }));
    const push = async (batch: unknown[]) => {
      raw.send({ _tag: "WSMessage.PushReq", requestId: "r", batch });
      while ((await raw.next())._tag !== "WSMessage.PullRes");
    };
    const event = (seqNum: number, name: string, args: unknown) => ({
      name,
      args,
      seqNum,
      parentSeqNum: seqNum - 1,
      clientId: "future",
      sessionId: "static",
    });
    const cell = { id: "c1", fractionalIndex: "a0", cellType: "code", createdBy: "future" };
    await push([event(1, "v9.FromTheFuture", { any: "thing" }), event(2, "v2.CellCreated", cell)]);
    await using client = await open(id);
    assert.deepEqual(cellIds(client), ["c1"]);
    await push([
      event(3, "v1.CellSourceChanged", { id: 5 }),
      event(4, "v8.Void", undefined),
      event(5, "v1.AllExecutionsCancelled", undefined),
      event(6, "v2.CellCreated", { ...cell, id: "c2" }),
    ]);
    await client.until(allCells, hasCells(2));
    client.store.commit(events.allExecutionsCancelled());
    await client.store.settled();
    await using late = await open(id);
    assert.deepEqual(cellIds(late), ["c1", "c2"]);
  });

  await t.step("events that are settled right before closing are delivered", async () => {
    const id = newNotebookId();
    const writer = await open(id);
    for (let cell = 0; cell < 50; cell++) writer.addCell(String(cell));
    await writer.store.settled();
    await writer.store.close();
    await using reader = await open(id);
    assert.equal(cellIds(reader).length, 50);
  });

  await t.step("events that do not fit into one frame are sent in several frames", async () => {
    const id = newNotebookId();
    await using ada = await open(id);
    const long = "x".repeat(300_000);
    for (let cell = 0; cell < 5; cell++) ada.addCell(long);
    await ada.store.settled();
    await using reader = await open(id);
    assert.equal(reader.store.query(tables.cells.where({ source: long })).length, 5);
  });

  await t.step("a refused token is reported, and the client does not try again", async () => {
    await using proxy = startTcpProxy(server.port);
    const refused = Promise.withResolvers<Error>();
    const signal = new AbortController();
    const opening = openClient({
      syncUrl: syncUrl.replace(String(server.port), String(proxy.port)),
      authToken: "wrong",
      notebookId: newNotebookId(),
      signal: signal.signal,
      onRefused: refused.resolve,
    });
    assert.match((await refused.promise).message, /does not accept the token \(HTTP 401\)/);
    const { accepted } = proxy;
    signal.abort(new Error("given up"));
    await assert.rejects(opening, /given up/);
    assert.equal(proxy.accepted, accepted);
  });
});

Deno.test("the sync backend continues after the server was killed and restarted", async () => {
  const dataDir = await Deno.makeTempDir();
  try {
    let server = await startSyncServer({ dataDir });
    const { syncUrl, authToken, port } = server;
    const notebookId = newNotebookId();
    await using client = await openClient({ syncUrl, authToken, notebookId });
    client.addCell("before");
    await client.store.settled();
    await server.kill();
    client.addCell("while the server is dead");
    server = await startSyncServer({ dataDir, port });
    try {
      await client.store.settled();
      await using reader = await openClient({ syncUrl, authToken, notebookId });
      assert.deepEqual(cellIds(reader), cellIds(client));
      assert.equal(cellIds(reader).length, 2);
    } finally {
      await server.stop();
    }
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
