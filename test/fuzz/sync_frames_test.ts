import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonValue } from "../../src/media/json_value.ts";
import {
  pullFrame,
  pushFrame,
  readServerFrame,
  type ServerFrame,
  type WireEvent,
} from "../../src/notebook/sync/frames.ts";
import { fuzzing } from "./fuzzing.ts";

const tags = ["WSMessage.PullRes", "WSMessage.Error", "WSMessage.PushAck", "WSMessage.Pong", "WSMessage.PullReq"];

/** Events as a client writes them. */
const wireEvent: fc.Arbitrary<WireEvent> = fc.record({
  name: fc.string(),
  args: fc.jsonValue() as fc.Arbitrary<JsonValue>,
  seqNum: fc.nat(),
  parentSeqNum: fc.nat(),
  clientId: fc.string(),
  sessionId: fc.string(),
});

/** JSON values whose conversion to a string throws in JavaScript. */
const unspeakable = fc.constantFrom({ toString: 1 }, { toString: null, valueOf: null }, [{ toString: "" }]);

const anyJson = fc.oneof({ weight: 4, arbitrary: fc.jsonValue() }, unspeakable);

/** Inputs that once broke {@linkcode readServerFrame}. */
const broken: [string][] = [
  // It threw an uncaught error, which ended the agent.
  [`{"_tag":"WSMessage.Error","requestId":{"toString":1},"message":""}`],
  [`{"_tag":"WSMessage.PullRes","requestId":{"context":"pull","requestId":{"toString":1}},"batch":[]}`],
  // Sequence numbers that are impossible for an event.
  [
    `{"_tag":"WSMessage.PullRes","requestId":{},"batch":[{"eventEncoded":{"name":"a","seqNum":0,"parentSeqNum":0,"clientId":"","sessionId":""}}]}`,
  ],
  [
    `{"_tag":"WSMessage.PullRes","requestId":{},"batch":[{"eventEncoded":{"name":{"toString":1},"seqNum":1e300,"parentSeqNum":-1}}]}`,
  ],
  [`{"_tag":"WSMessage.PullRes","requestId":{"context":"pull"},"batch":[],"remaining":-1.5}`],
];

/** A value like a frame, in which any part may be arbitrary. */
const oddFrame = fc.record({
  _tag: fc.oneof(fc.constantFrom(...tags), anyJson),
  requestId: fc.oneof(
    fc.string(),
    anyJson,
    fc.record({ context: fc.constantFrom("pull", "push"), requestId: fc.string() }),
  ),
  batch: fc.oneof(
    anyJson,
    fc.array(fc.oneof(
      anyJson,
      fc.record({
        eventEncoded: fc.oneof(
          anyJson,
          fc.record({ seqNum: anyJson, parentSeqNum: fc.integer() }),
          wireEvent,
        ),
        metadata: anyJson,
      }),
    )),
  ),
  remaining: anyJson,
  message: anyJson,
}, { requiredKeys: [] });

/** Asserts that a frame has the form that {@linkcode readServerFrame} promises. */
function assertFrame(frame: ServerFrame | undefined): void {
  if (frame === undefined) return;
  assert(["page", "broadcast", "error", "acknowledgement", "alive"].includes(frame.type));
  if (frame.type === "error") assert.deepEqual([typeof frame.requestId, typeof frame.message], ["string", "string"]);
  if (frame.type === "page") {
    assert.equal(typeof frame.requestId, "string");
    assert(Number.isSafeInteger(frame.remaining) && frame.remaining >= 0, `remaining ${frame.remaining}`);
  }
  if (frame.type !== "page" && frame.type !== "broadcast") return;
  for (const { name, seqNum, parentSeqNum, clientId, sessionId, args, createdAt } of frame.events) {
    for (const text of [name, clientId, sessionId]) assert.equal(typeof text, "string");
    for (const place of [seqNum, parentSeqNum]) assert(Number.isSafeInteger(place) && place >= 0, `place ${place}`);
    assert(parentSeqNum < seqNum, `${parentSeqNum} before ${seqNum}`);
    assert.notEqual(args, null);
    assert(createdAt === undefined || typeof createdAt === "string");
  }
}

Deno.test("readServerFrame() accepts any value without throwing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.anything()), (data) => assertFrame(readServerFrame(data))),
    fuzzing(3_000),
  );
});

Deno.test("readServerFrame() accepts any JSON without throwing", () => {
  fc.assert(fc.property(fc.json(), (data) => assertFrame(readServerFrame(data))), fuzzing(1_000));
});

Deno.test("readServerFrame() returns a valid frame or undefined for anything like a frame", () => {
  fc.assert(
    fc.property(oddFrame.map((frame) => JSON.stringify(frame)), (data) => assertFrame(readServerFrame(data))),
    fuzzing(3_000, broken),
  );
});

Deno.test("an event is read as it was pushed, except that a server leaves out null", () => {
  fc.assert(
    fc.property(
      fc.array(wireEvent.filter(({ seqNum, parentSeqNum }) => parentSeqNum < seqNum)),
      fc.string(),
      (events, requestId) => {
        const pushed = JSON.parse(pushFrame(requestId, events));
        assert.equal(pushed._tag, "WSMessage.PushReq");
        assert.equal(pushed.requestId, requestId);
        const batch = pushed.batch.map((eventEncoded: unknown) => ({ eventEncoded, metadata: { _tag: "None" } }));
        const answer = { _tag: "WSMessage.PullRes", requestId: { context: "pull", requestId }, batch, remaining: 0 };
        const frame = readServerFrame(JSON.stringify(answer));
        assert(frame?.type === "page");
        assert.deepEqual(
          JSON.parse(JSON.stringify(frame.events)),
          JSON.parse(JSON.stringify(events.map(({ args, ...rest }) => args === null ? rest : { ...rest, args }))),
        );
      },
    ),
    fuzzing(500),
  );
});

Deno.test("pullFrame() returns JSON with the request's id and the cursor", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (requestId, cursor) => {
      const frame = JSON.parse(pullFrame(requestId, cursor));
      assert.deepEqual(frame, { _tag: "WSMessage.PullReq", requestId, ...(cursor === 0 ? {} : { cursor }) });
    }),
    fuzzing(500),
  );
});
