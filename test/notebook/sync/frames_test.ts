import assert from "node:assert/strict";
import { pullFrame, pushFrame, readServerFrame, toWire } from "../../../src/notebook/sync/frames.ts";

const event = { name: "v1.Debug", seqNum: 1, parentSeqNum: 0, clientId: "me", sessionId: "static" };

/** Returns a server's answer in its wire format. */
const pullRes = (eventEncoded: unknown, context: "pull" | "push") =>
  JSON.stringify({
    _tag: "WSMessage.PullRes",
    batch: [{ eventEncoded, metadata: { _tag: "Some", value: { createdAt: "2026-01-01T00:00:00.000Z" } } }],
    requestId: { context, requestId: "r" },
    remaining: 3,
  });

Deno.test("readServerFrame() reads pages and broadcasts", () => {
  const stored = { ...event, args: { id: "x" }, createdAt: "2026-01-01T00:00:00.000Z" };
  assert.deepEqual(readServerFrame(pullRes({ ...event, args: { id: "x" } }, "pull")), {
    type: "page",
    requestId: "r",
    events: [stored],
    remaining: 3,
  });
  assert.deepEqual(readServerFrame(pullRes({ ...event, args: { id: "x" } }, "push")), {
    type: "broadcast",
    events: [stored],
  });
});

Deno.test("readServerFrame() reads an event without arguments alike from a pull and from a broadcast", () => {
  const pulled = readServerFrame(pullRes({ ...event, args: null }, "pull"));
  const broadcast = readServerFrame(pullRes(event, "push"));
  assert.ok(pulled?.type === "page" && broadcast?.type === "broadcast");
  assert.deepEqual(pulled.events, broadcast.events);
  assert.equal(JSON.stringify(pulled.events[0].args), undefined);
});

Deno.test("readServerFrame() reads errors, pongs and acknowledgements", () => {
  const error = { _tag: "WSMessage.Error", requestId: "r", message: "Invalid parent event number." };
  assert.deepEqual(readServerFrame(JSON.stringify(error)), {
    type: "error",
    requestId: "r",
    message: "Invalid parent event number.",
  });
  assert.deepEqual(readServerFrame('{"_tag":"WSMessage.Pong","requestId":"ping"}'), { type: "alive" });
  assert.deepEqual(readServerFrame('{"_tag":"WSMessage.PushAck","requestId":"r"}'), {
    type: "acknowledgement",
    requestId: "r",
  });
});

for (const data of ["", "null", "[]", "{", '{"_tag":"WSMessage.PullRes"}', '{"_tag":"New"}', new Uint8Array(3), 5]) {
  Deno.test(`readServerFrame() returns undefined for ${JSON.stringify(data)}`, () => {
    assert.equal(readServerFrame(data), undefined);
  });
}

Deno.test("readServerFrame() returns undefined for a page with an invalid event", () => {
  assert.equal(readServerFrame(pullRes({ ...event, seqNum: "1" }, "pull")), undefined);
  assert.equal(readServerFrame(pullRes(null, "pull")), undefined);
});

Deno.test("pullFrame() leaves out the cursor at the start of the log", () => {
  assert.equal(pullFrame("r", 0), '{"_tag":"WSMessage.PullReq","requestId":"r"}');
  assert.equal(pullFrame("r", 7), '{"_tag":"WSMessage.PullReq","requestId":"r","cursor":7}');
});

Deno.test("pushFrame() writes only the six fields of an event", () => {
  const ofLiveStore = { ...event, args: { id: "x" }, meta: {}, toJSON: () => "e1" };
  assert.deepEqual(JSON.parse(pushFrame("r", [ofLiveStore])).batch, [{ ...event, args: { id: "x" } }]);
  assert.deepEqual(Object.keys(toWire(ofLiveStore)).length, 6);
});
