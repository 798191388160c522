import assert from "node:assert/strict";
import type { ChatMessage } from "../../../stack/strict_model/chat_request.ts";
import { cutSilently } from "../../../stack/strict_model/silent_cut.ts";
import { assistant, calling, type Json, system, tool, user } from "./requests.ts";

const messages = [
  system("s"),
  user("one"),
  calling("a", "b"),
  tool("a"),
  tool("b"),
  assistant("(done)"),
  user("two"),
  assistant("(no output)"),
  user("three"),
];

/** Returns the positions of the remaining messages when each message has ten tokens. */
function left(room: number, cut: Json[] = messages): number[] {
  const kept = cutSilently(cut as ChatMessage[], cut.map(() => 10), room);
  return kept.map((message) => cut.indexOf(message));
}

Deno.test("cutSilently() drops the oldest messages, but never the system message or the last one", () => {
  assert.deepEqual(left(90), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(left(89), [0, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(left(40), [0, 6, 7, 8]);
  assert.deepEqual(left(0), [0, 8]);
});

Deno.test("cutSilently() drops a tool's answer together with the turn that called it", () => {
  for (const room of [79, 70, 69, 60, 50]) {
    assert.deepEqual(left(room), [0, 5, 6, 7, 8], `${room}`);
  }
  assert.deepEqual(left(10, messages.slice(0, 5)), [0, 2, 3, 4]);
});
