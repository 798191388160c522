/**
 * A ResponsesReader reads answers with missing, late or unusual fields.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ResponsesReader } from "../../../src/model/responses/responses_reader.ts";
import { type ResponsesEvent, ResponsesWriter } from "../../../stack/strict_model/responses_writer.ts";
import { answerOf, call, IDENTITY, readAll, readModelEvents, USAGE } from "./reply.ts";
import { events, type Loose, MODEL_EVENTS } from "./responses_answers.ts";

const ADDED = "response.output_item.added";
const ITEM_DONE = "response.output_item.done";
const DELTA = "response.function_call_arguments.delta";
const DONE = "response.function_call_arguments.done";

/** The same events, with each text and each call's arguments in one piece. */
const JOINED = [
  { type: "text", delta: "hm" },
  { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
  { type: "tool_call_delta", index: 0, delta: '{"text":"a"}' },
  { type: "tool_call", index: 1, id: "call_B", name: "display" },
  { type: "tool_call_delta", index: 1, delta: '{"data":{}}' },
  { type: "finish", reason: "tool_calls" },
];

/** Returns the types of the items that go back to the provider, in the order in which they are reported. */
const keptTypes = (of: unknown[]) =>
  readAll(of).flatMap((event) => event.type === "provider_data" ? [(event.data as Loose).item.type] : []);

const without = (...types: string[]) => events().filter(({ type }) => !types.some((each) => type.endsWith(each)));

for (
  const [what, left] of [
    ["only arguments.done and text.done", without(".delta", "item.done")],
    ["only whole items", without(".delta", "arguments.done", "text.done", "part.done")],
    ["only whole items and no added events", without(".delta", "arguments.done", "text.done", ".added")],
    ["only the last event", [events().at(-1)]],
  ] as const
) {
  Deno.test(`ResponsesReader reads an answer with ${what}`, () => {
    assert.deepEqual(readModelEvents(left), JOINED);
    assert.deepEqual(keptTypes([...left]), ["reasoning", "message", "function_call", "function_call"]);
  });
}

/** Returns the events of an answer after these changes. */
function changed(...changes: ((event: Loose, index: number) => void)[]): Loose[] {
  const all = events();
  for (const change of changes) all.forEach(change);
  return all;
}

const noOutput = (event: Loose) => event.response && (event.response.output = []);
const noItemId = (event: Loose) => delete event.item_id;
const noIndex = (event: Loose) => delete event.output_index;
const sameIndex = (event: Loose) => "output_index" in event && (event.output_index = 0);
const wrongIndex = (event: Loose) => event.type.endsWith(".done") && (event.output_index += 1);
const newItemIds = (event: Loose, index: number) => {
  if (event.item_id) event.item_id = `a${index}`;
  if (event.item) event.item.id = `b${index}`;
  for (const item of event.response?.output ?? []) item.id = `c${item.id}`;
};
const newCallIds = (event: Loose) => {
  for (const item of event.response?.output ?? []) if (item.call_id) item.call_id += "x";
};

for (
  const [what, left] of [
    ["no done events", without("arguments.done", "text.done", "part.done", "item.done")],
    ["no output in the last event", changed(noOutput)],
    ["no item ids in its pieces", changed(noItemId)],
    ["only the item id of its reasoning", changed(noItemId, ({ item }) => item?.call_id && delete item.id)],
    ["no output indexes", changed(noIndex)],
    ["neither item ids nor output indexes", changed(noItemId, noIndex)],
    ["null in place of missing fields", events().map((each) => ({ ...each, content_index: null, item_id: null }))],
    ["a new item id in each event, as from GitHub Copilot,", changed(newItemIds)],
    ["the same output index everywhere", changed(sameIndex)],
    ["the same output index everywhere, no output in the last event", changed(sameIndex, noOutput)],
    ["new item ids and the same output index everywhere", changed(newItemIds, sameIndex, noOutput)],
    ["a wrong output index in done events", changed(wrongIndex)],
    ["new item ids and a wrong output index in done events", changed(newItemIds, wrongIndex, noOutput)],
    ["new call ids in the last event", changed(newCallIds)],
    ["a reasoning item only in the last event", events().filter(({ item }) => item?.type !== "reasoning")],
  ] as [string, Loose[]][]
) {
  Deno.test(`ResponsesReader reads an answer with ${what} and yields nothing twice`, () => {
    assert.deepEqual(readModelEvents(left), MODEL_EVENTS);
    assert.deepEqual(keptTypes(left).sort(), ["function_call", "function_call", "message", "reasoning"]);
  });
}

Deno.test("ResponsesReader completes the first pieces with the rest of the whole text", () => {
  const firsts = events().filter(({ type, delta }) => !type.endsWith(".delta") || delta === "h" || delta === '{"te');
  assert.deepEqual(readModelEvents(firsts), [
    { type: "text", delta: "h" },
    { type: "text", delta: "m" },
    ...MODEL_EVENTS.slice(2),
  ]);
});

Deno.test("ResponsesReader reads a missing call from the last event", () => {
  const first = events().find(({ type, item }) => type === ADDED && item.type === "function_call").output_index;
  assert.deepEqual(readModelEvents(events().filter(({ output_index }) => output_index !== first)).slice(2, -1), [
    { type: "tool_call", index: 0, id: "call_B", name: "display" },
    { type: "tool_call_delta", index: 0, delta: '{"data":{}}' },
    { type: "tool_call", index: 1, id: "call_A", name: "stdout" },
    { type: "tool_call_delta", index: 1, delta: '{"text":"a"}' },
  ]);
});

Deno.test("ResponsesReader yields a call that was cut before its arguments", () => {
  const cut = answerOf([call("call_A", [])], "max_output_tokens") as Loose[];
  cut.at(-1).response.output = [];
  assert.deepEqual(readModelEvents(cut.filter(({ type }) => type !== ITEM_DONE)), [
    { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
    { type: "finish", reason: "length" },
  ]);
});

Deno.test("ResponsesReader keeps neither unencrypted reasoning nor empty messages", () => {
  const plain = [
    { type: "reasoning", id: "rs_1", summary: [] },
    { type: "reasoning", id: "rs_2", summary: [], encrypted_content: null },
    { type: "message", id: "msg_1", role: "assistant", content: [{ type: "output_text", text: " \n" }] },
    { type: "message", id: "msg_2", role: "assistant", content: null },
  ];
  assert.deepEqual(keptTypes(plain.map((item, output_index) => ({ type: ITEM_DONE, output_index, item }))), []);
});

Deno.test("ResponsesReader keeps the reasoning if items end out of order", () => {
  const [reasoning, ...rest] = events().filter(({ type }) => type === ITEM_DONE);
  const others = events().filter(({ type }) => type !== ITEM_DONE).slice(0, -1);
  const kept = keptTypes([...others, ...rest, reasoning, events().at(-1)]);
  assert.deepEqual(kept, ["message", "function_call", "function_call", "reasoning"]);
});

Deno.test("ResponsesReader distinguishes interleaved calls by their output index", () => {
  const writer = new ResponsesWriter(IDENTITY, { interleaved: true });
  const interleaved: ResponsesEvent[] = [
    ...writer.begin(),
    ...writer.call("stdout", "call_A"),
    ...writer.call("stderr", "call_B"),
    ...writer.piece('{"text":', 0),
    ...writer.piece('{"text"', 1),
    ...writer.piece('"a"}', 0),
    ...writer.piece(':"b"}', 1),
    ...writer.end(USAGE),
  ];
  assert.deepEqual(readModelEvents(interleaved), [
    { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: '{"text":' },
    { type: "tool_call", index: 1, id: "call_B", name: "stderr" },
    { type: "tool_call_delta", index: 1, delta: '{"text"' },
    { type: "tool_call_delta", index: 0, delta: '"a"}' },
    { type: "tool_call_delta", index: 1, delta: ':"b"}' },
    { type: "finish", reason: "tool_calls" },
  ]);
});

Deno.test("ResponsesReader numbers calls by their output index if they begin out of order", () => {
  const isAdded = ({ type, item }: Loose) => type === ADDED && item.type === "function_call";
  const first = events().findIndex(isAdded);
  const swapped = events().filter((each) => !isAdded(each));
  swapped.splice(first, 0, ...events().filter(isAdded).reverse());
  const late = swapped.filter(({ type }) => type !== DELTA && type !== DONE);
  assert.deepEqual(readModelEvents(late).slice(2), JOINED.slice(1));
  const [done0, done1] = late.filter(({ type, item }) => type === ITEM_DONE && item.type === "function_call");
  const rest = late.filter((each) => each !== done0 && each !== done1);
  const calls = readModelEvents([...rest.slice(0, -1), done1, done0, ...rest.slice(-1)]).slice(2, -1);
  assert.deepEqual(calls, [JOINED[1], JOINED[3], JOINED[4], JOINED[2]]);
});

Deno.test("ResponsesReader reads arguments that are an object, and a late name and id", () => {
  const item = { type: "function_call", id: "fc_1", call_id: "call_A", name: "stdout", arguments: { text: "a" } };
  const { name: _name, call_id: _id, ...nameless } = { ...item, arguments: "" };
  assert.deepEqual(
    readModelEvents([
      { type: ADDED, output_index: 0, item: nameless },
      { type: DELTA, output_index: 0, item_id: "fc_1", delta: '{"te' },
      { type: ITEM_DONE, output_index: 0, item },
    ]),
    [
      { type: "tool_call", index: 0, id: "call_A", name: "stdout" },
      { type: "tool_call_delta", index: 0, delta: '{"text":"a"}' },
    ],
  );
});

Deno.test("ResponsesReader makes up an id if the server sends none", () => {
  const item = { type: "function_call", name: "stdout", arguments: "{}" };
  assert.deepEqual(readAll([{ type: ITEM_DONE, output_index: 0, item }]), [
    { type: "tool_call", index: 0, id: "call_0", name: "stdout" },
    { type: "tool_call_delta", index: 0, delta: "{}" },
  ]);
});

Deno.test("ResponsesReader skips unknown events and everything after the end", () => {
  const noise = [
    null,
    "x",
    [],
    {},
    { type: 7 },
    { type: "ping" },
    { type: "keepalive", sequence_number: 3 },
    { type: "response.reasoning_summary_text.delta", output_index: 0, delta: "I think" },
    { type: "response.web_search_call.searching", output_index: 0 },
    { type: ITEM_DONE, output_index: 0, item: null },
    { type: ITEM_DONE, output_index: 9, item: { type: "compaction", id: "cmp_1", encrypted_content: "x" } },
    { type: DELTA, output_index: 9, item_id: "fc_9", delta: "stray" },
    { type: "response.output_text.delta", output_index: 0, delta: 7 },
  ];
  assert.deepEqual(readModelEvents([...noise, ...events(), ...events()]), MODEL_EVENTS);
});

Deno.test("ResponsesReader yields the beginning of an answer that is cut anywhere", () => {
  const whole = readAll(events());
  for (let length = 0; length < events().length; length++) {
    const reader = new ResponsesReader();
    const read = readAll(events().slice(0, length), reader);
    assert.deepEqual(read, whole.slice(0, read.length));
    assert.equal(reader.finished, false);
    assert.equal(reader.opened, length > 0);
  }
});
