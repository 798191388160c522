/**
 * Tests of events as JSON on the wire: the form that this package writes, and the forms of other clients that it reads.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { type Logger, silentLogger } from "../../../src/logger.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import type { SyncEvent } from "../../stack/sync_server/sync_socket.ts";
import { openClient } from "../../support/notebook_client.ts";
import { contractEvents } from "./contract_events.ts";
import { hasMarker } from "./notebook_pair.ts";
import { dump, openRaw, pull, push, type WrittenEvent } from "./raw_notebook.ts";

/** Events of a web app that is newer than this package: they have fields that this package does not know. */
const webAppEvents: WrittenEvent[] = contractEvents.map(({ event, args }) => ({
  name: event.name,
  ...(args === undefined ? {} : { args: { actorId: "ada", sentBy: { version: 9 }, ...args } }),
}));

/** Returns a logger that records the names of skipped events. */
function skipLogger(): Logger & { skipped: unknown[] } {
  const skipped: unknown[] = [];
  const debug: Logger["debug"] = (message, fields) => {
    if (message.includes("skipped")) skipped.push(fields?.name);
  };
  return { ...silentLogger, debug, skipped };
}

Deno.test("the contract's fixture contains every event", () => {
  const { unreadableEvent: _, ...known } = events;
  const inFixture = new Set(contractEvents.map(({ event }) => event.name));
  assert.deepEqual([...inFixture].toSorted(), Object.values(known).map(({ name }) => name).toSorted());
});

Deno.test("the schema writes and reads the wire format of the contract", async (t) => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  const open = (notebookId: string, logger?: Logger) => openClient({ syncUrl, authToken, notebookId, logger });
  const noticed = { name: "v1.Debug", args: { id: "end" } };

  await t.step("events are written exactly as in the contract, in a broadcast and in a pull", async () => {
    const id = newNotebookId();
    await using raw = await openRaw(server, id);
    await using client = await open(id);
    client.store.commit(...contractEvents.map(({ event }) => event));
    const broadcast: SyncEvent[] = [];
    while (broadcast.length < contractEvents.length) {
      broadcast.push(...(await raw.next()).batch?.map(({ eventEncoded }) => eventEncoded) ?? []);
    }
    const stored = await pull(raw);
    for (const [index, { event, args }] of contractEvents.entries()) {
      assert.deepEqual([broadcast[index].name, broadcast[index].args], [event.name, args]);
      assert.equal("args" in broadcast[index], args !== undefined);
      assert.deepEqual([stored[index].name, stored[index].args], [event.name, args ?? null]);
    }
  });

  await t.step(
    "the web app's events have the same effect live and from the log, even with unknown fields",
    async () => {
      const ids = [newNotebookId(), newNotebookId()];
      await using committing = await open(ids[0]);
      committing.store.commit(...contractEvents.map(({ event }) => event));
      const expected = dump(committing);
      assert.deepEqual(expected.filter(({ rows }) => rows.length === 0), []);

      const logger = skipLogger();
      await using raw = await openRaw(server, ids[1]);
      await using live = await open(ids[1], logger);
      await push(raw, [...webAppEvents, noticed]);
      await hasMarker(live, "end");
      await using late = await open(ids[1], logger);
      assert.deepEqual(dump(live), expected);
      assert.deepEqual(dump(late), expected);
      assert.deepEqual(logger.skipped, []);
    },
  );

  await t.step("an event without arguments may have null as its args", async () => {
    const id = newNotebookId();
    const logger = skipLogger();
    await using raw = await openRaw(server, id);
    await using live = await open(id, logger);
    const requested = { queueId: "q", cellId: "c", executionCount: 1, requestedBy: "ada" };
    await push(raw, [
      { name: "v1.ExecutionRequested", args: requested },
      { name: "v1.AllExecutionsCancelled", args: null },
      noticed,
    ]);
    await hasMarker(live, "end");
    assert.equal(live.request("q").status, "cancelled");
    assert.deepEqual(logger.skipped, []);
  });
});
