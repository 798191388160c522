/**
 * Replies that are cut, and the turns that are added when a model is asked again.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { WireMessage } from "../support/cell_run.ts";
import { done, finish, type Step, usage } from "../support/scripted_answer.ts";

/** A reply that reaches its length limit after these steps. */
export const cutAfter = (...steps: Step[][]): Step[] => [...steps.flat(), ...finish("length"), ...usage(), ...done()];

/** The turns that a repeated request adds to the one before: calls by name and arguments, and the answers to them. */
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
