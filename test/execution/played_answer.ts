/**
 * Runs cells with the events of chat completions and of responses, without a server.
 *
 * @module
 */

import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { ChatCompletionReader } from "../../src/model/chat_completion_reader.ts";
import { ResponsesReader } from "../../src/model/responses/responses_reader.ts";
import { RecordingContext } from "../support/recording_context.ts";

/** Yields the events of a chat completion with these deltas. */
export function* ofChat(deltas: Iterable<object>): Generator<ModelEvent> {
  const reader = new ChatCompletionReader(TOOLS.map(({ name }) => name));
  for (const delta of deltas) {
    yield* reader.read({ choices: [{ delta, finish_reason: null }] });
    // The model checks after each read whether the server has finished.
    assert.equal(reader.finished, false);
  }
  yield* reader.read({ choices: [{ delta: {}, finish_reason: "stop" }] });
  yield* reader.end(true);
}

/** Yields the events of a reply of the Responses interface. */
export function* ofResponses(events: Iterable<object>): Generator<ModelEvent> {
  const reader = new ResponsesReader();
  for (const event of events) yield* reader.read(event);
  if (!reader.finished) {
    yield* reader.read({ type: "response.completed", response: { status: "completed", output: [] } });
  }
  yield* reader.end();
}

/** Runs a cell whose model answers each request with these events. */
export async function play(answer: () => Iterable<ModelEvent>) {
  const context = new RecordingContext();
  const model: Model = {
    name: "many",
    async *stream() {
      yield* answer();
    },
  };
  const { signal } = new AbortController();
  const options = { model, context, history: [], code: "cell()", executionCount: 1, signal };
  const { error = "" } = await executeCell(options);
  return { error, outputs: context.outputs };
}

export function* times<T>(count: number, make: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index++) yield make(index);
}

/** Builds a piece of a tool call. */
export const piece = (index: number | undefined, id: string | undefined, name: string | undefined, args: string) => ({
  tool_calls: [{ index, id, function: { name, arguments: args } }],
});
export const EMPTY = '{"text":""}';

export function item(event: "added" | "done", index: number, text?: string) {
  return {
    type: `response.output_item.${event}`,
    output_index: index,
    item: {
      type: "function_call",
      id: `f${index}`,
      call_id: `c${index}`,
      name: "stdout",
      ...(text === undefined ? {} : { arguments: JSON.stringify({ text }) }),
    },
  };
}
