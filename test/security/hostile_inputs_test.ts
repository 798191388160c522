/**
 * Expensive input from a model or another client affects only its own cell. Another notebook of the same agent
 * continues, and Ctrl-C works.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { hostileCells } from "../support/hostile/hostile_cells.ts";
import { TwoNotebooks } from "../support/hostile/two_notebooks.ts";
import { within } from "../support/hostile/within.ts";

Deno.test("an attached agent handles hostile input of every kind", async (t) => {
  await using server = await startSyncServer();
  await using two = await TwoNotebooks.open(server);

  for (const hostile of hostileCells) {
    await t.step(`a cell ends with ${hostile.name} while another notebook's cell runs`, async () => {
      const { status, outputs } = await two.run(hostile);
      const shown = JSON.stringify(outputs.map(({ args }) => args));
      const excerpt = shown.length > 2_000 ? `${shown.slice(0, 1_000)} ... ${shown.slice(-1_000)}` : shown;
      assert.equal(status, hostile.ends, excerpt);
      assert.ok(hostile.shows.test(shown), `${hostile.shows} is not in ${excerpt}`);
      if (hostile.hides !== undefined) assert.ok(!hostile.hides.test(shown), `${hostile.hides} is in ${excerpt}`);
    });
  }

  await t.step("Ctrl-C stops the agent and its sessions in the middle of an endless answer", async () => {
    const endless = hostileCells.find(({ name }) => name === "an answer: thoughts without end");
    const { ended } = await two.interrupt(endless!);
    const { code } = await two.command.end();
    assert.equal(code, 130);
    assert.equal((await ended).status, "cancelled");
    assert.deepEqual(await within(two.goodbyes, "the session"), ["shutdown", "shutdown"]);
  });
});
