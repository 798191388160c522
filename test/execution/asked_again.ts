/**
 * Cut replies, and the turns that a repeated request adds.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { WireMessage } from "../support/cell_run.ts";
import { done, finish, type Step, usage } from "../support/scripted_answer.ts";

/** Builds a reply that reaches its length limit after these steps. */
export const cutAfter = (...steps: Step[][]): Step[] => [...steps.flat(), ...finish("length"), ...usage(), ...done()];

/** Returns the turns that a request adds to the previous one: calls as names and arguments, and their results. */
export function addedTurns(conversations: WireMessage[][], request = 1): unknown[] {
  const [before, after] = [conversations[request - 1], conversations[request]];
  assert.deepEqual(after.slice(0, before.length), before);
  const added = after.slice(before.length);
  const ids = added.flatMap((turn) => turn.tool_calls?.map(({ id }) => id) ?? []);
  assert.deepEqual(added.flatMap((turn) => turn.tool_call_id ?? []), ids);
  assert.equal(new Set(ids).size, ids.length);
  return added.map((turn) =>
    turn.tool_calls === undefined
      ? [turn.role, turn.content]
      : [turn.role, ...turn.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)])]
  );
}
