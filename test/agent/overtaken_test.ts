import assert from "node:assert/strict";
import { tables } from "../../src/notebook/schema/mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { answer, stdout } from "../support/scripted_answer.ts";
import { startSyncRelay } from "../support/sync_relay.ts";

/** Plays a cell whose cancellation reaches the server while the agent's event of a name is on its way. */
async function cancelBefore(eventName: string): Promise<void> {
  await using server = await startSyncServer();
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const endedAgain = Promise.withResolvers<void>();
  await using relay = startSyncRelay(server.syncUrl, {
    async fromClient(frame) {
      if (frame.includes(`"${eventName}"`)) {
        held.resolve();
        await released.promise;
      }
      if (frame.includes(`"v1.ExecutionCancelled"`)) endedAgain.resolve();
      return frame;
    },
  });
  await using at = await attach(server, answer(stdout("a\n")), { syncUrl: relay.syncUrl });
  const cell = at.person.addCell("print('a')");
  const request = at.person.run(cell);
  await held.promise;
  at.person.cancel(request, cell);
  await at.person.store.settled(AbortSignal.timeout(10_000));
  released.resolve();
  await endedAgain.promise;

  await at.person.until(tables.cells.where({ id: cell }), ([row]) => row.executionState === "idle");
  await at.person.requestIs(request, "cancelled");
  await at.person.requestIs(at.person.run(at.person.addCell("print('b')")), "completed");
  assert.equal(at.person.request(request).status, "cancelled");
}

Deno.test("a cell that is cancelled at the moment of its begin does not stay running", () => {
  return cancelBefore("v1.ExecutionStarted");
});

Deno.test("a cell that is cancelled at the moment of its end stays cancelled", () => {
  return cancelBefore("v1.ExecutionCompleted");
});
