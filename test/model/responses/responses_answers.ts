/**
 * An answer of the Responses interface with all kinds of parts, and the expected events.
 *
 * @module
 */

import { answerOf, call } from "./reply.ts";

/** Events of any shape, which a test may change. */
// deno-lint-ignore no-explicit-any -- servers send anything
export type Loose = any;

const PARTS = [
  { type: "reasoning" as const },
  { type: "text" as const, pieces: ["h", "m"] },
  call("call_A", ['{"te', 'xt":"a"}']),
  call("call_B", ['{"data":{}}'], "display"),
];

/** The events that a reader yields for an answer with these parts, in every form that servers send. */
export const MODEL_EVENTS = [
  { type: "text", delta: "h" },
  { type: "text", delta: "m" },
  { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
  { type: "tool_call_delta", index: 0, delta: '{"te' },
  { type: "tool_call_delta", index: 0, delta: 'xt":"a"}' },
  { type: "tool_call", index: 1, id: "call_B", name: "display" },
  { type: "tool_call_delta", index: 1, delta: '{"data":{}}' },
  { type: "finish", reason: "tool_calls" },
];

/** Returns the events of an answer with these parts. A test may change them. */
export const events = (): Loose[] => structuredClone(answerOf(PARTS)) as Loose[];
