/**
 * A session of 300 cells with a model that knows only what it is sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { longSession } from "../../../bench/prompt/long_session.ts";
import { formatCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { assistant, type Json, user } from "../strict_model/requests.ts";
import { ask, type Call } from "./support.ts";

/** Returns the call that describes an output. */
function callOf(output: CellOutput): Call {
  if (output.type === "stream") return { name: output.name, arguments: { text: output.text } };
  assert.ok(output.type === "execute_result");
  return { name: output.type, arguments: { data: output.data } };
}

Deno.test("a forgetful model runs 300 cells in one Python process and shows the recorded outputs", async () => {
  await using model = await startOfflineModel({ forgetful: true });
  const pid = await model.pid();
  const past: Json[] = [];
  for (const { executionCount, code, outputs } of longSession(300)) {
    const turn = user(formatCellTurn({ executionCount, code }));
    const calls = await ask(model, [], { fields: { messages: [...past, turn] } });
    assert.deepEqual(calls, outputs.map(callOf), `In [${executionCount}]`);
    past.push(turn, assistant("(output omitted)"));
  }
  assert.equal(await model.pid(), pid);
});
