import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import type { JsonObject } from "../../src/jupyter/message.ts";
import { SeenSignatures } from "../../src/jupyter/seen_signatures.ts";
import { Session } from "../../src/jupyter/session.ts";
import { MAX_DICT_BYTES } from "../../src/jupyter/wire_format.ts";
import { fuzzing } from "../fuzz/fuzzing.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { bytes, texts } from "../zmtp/raw_peer.ts";

const KEY = "0f8f51ae-0b7b7d7b";

/** Returns a session with numbered ids, and the reasons for dropped messages. */
function session(name = "id", key = KEY): { session: Session; reasons: string[] } {
  const reasons: string[] = [];
  let ids = 0;
  const clock = new ManualClock(new Date("2026-11-29T04:05:06.789Z"));
  const newId = () => `${name}-${ids++}`;
  return { session: new Session({ key, clock, newId, onDropped: (reason) => reasons.push(reason) }), reasons };
}

/** Returns the frames of a signed message with any dictionaries. */
function signed(...dicts: (string | Uint8Array)[]): Uint8Array[] {
  const frames = dicts.map((dict) => typeof dict === "string" ? new TextEncoder().encode(dict) : dict);
  const hmac = createHmac("sha256", KEY);
  for (const frame of frames.slice(0, 4)) hmac.update(frame);
  return [bytes("<IDS|MSG>"), bytes(hmac.digest("hex")), ...frames];
}

Deno.test("Session writes a message in the format of the wire protocol", () => {
  const { session: kernel } = session();
  const [identity, delimiter, signature, ...rest] = texts(
    kernel.write("status", { execution_state: "busy" }, { identities: [bytes("topic")], buffers: [bytes("b")] }),
  );
  assert.deepEqual([identity, delimiter], ["topic", "<IDS|MSG>"]);
  assert.deepEqual(rest, [
    '{"msg_id":"id-1","msg_type":"status","session":"id-0","username":"kernel","date":"2026-11-29T04:05:06.789Z","version":"5.4"}',
    "{}",
    "{}",
    '{"execution_state":"busy"}',
    "b",
  ]);
  assert.equal(signature, createHmac("sha256", KEY).update(rest.slice(0, 4).join("")).digest("hex"));
});

Deno.test("Session reads messages of a session with the same key, and a reply has its request's header", () => {
  const { session: client } = session("client");
  const { session: kernel } = session("kernel");
  const request = kernel.read(
    client.write("execute_request", { code: "é" }, { identities: [bytes("a"), bytes("b")] }),
  )!;
  assert.deepEqual(texts(request.identities), ["a", "b"]);
  assert.deepEqual([request.header.msg_id, request.header.msg_type], ["client-1", "execute_request"]);
  assert.deepEqual([request.parentHeader, request.metadata, request.content], [{}, {}, { code: "é" }]);
  const parts = { parent: request, metadata: { started: 1 }, buffers: [bytes("\0\xff")] };
  const reply = client.read(kernel.write("execute_reply", { status: "ok" }, parts))!;
  assert.deepEqual(reply.parentHeader, request.header);
  assert.deepEqual([reply.metadata, texts(reply.buffers)], [{ started: 1 }, ["\0\xff"]]);
});

Deno.test("Session reads every message that another session writes", () => {
  const dict = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ maxDepth: 1 }), {
    maxKeys: 4,
  }) as fc.Arbitrary<JsonObject>;
  const frames = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 });
  const { session: client } = session("client");
  const { session: kernel } = session("kernel");
  fc.assert(
    fc.property(fc.string(), dict, dict, frames, frames, (type, content, metadata, identities, buffers) => {
      const message = kernel.read(client.write(type, content, { metadata, identities, buffers }))!;
      assert.equal(message.header.msg_type, type);
      assert.deepEqual(message.content, JSON.parse(JSON.stringify(content)));
      assert.deepEqual(message.metadata, JSON.parse(JSON.stringify(metadata)));
      assert.deepEqual([message.identities, message.buffers], [identities, buffers]);
    }),
    fuzzing(200),
  );
});

Deno.test("Session drops a message if any byte of it was changed", () => {
  const { session: client } = session("client");
  const { session: kernel, reasons } = session("kernel");
  const frames = client.write("execute_request", { code: "1" }, { identities: [bytes("a")] });
  for (const [frame, { length }] of frames.entries()) {
    if (frame < 2) continue; // The identities are not signed, and a changed delimiter is another fault.
    for (let at = 0; at < length; at++) {
      const forged = frames.map((each) => each.slice());
      forged[frame][at] ^= 1;
      assert.equal(kernel.read(forged), undefined);
    }
  }
  assert.equal(kernel.dropped, frames.slice(2).reduce((sum, { length }) => sum + length, 0));
  assert.deepEqual(new Set(reasons), new Set(["its signature was not made with this kernel's key"]));
  const { session: unknown } = session("client", "another key");
  assert.equal(kernel.read(unknown.write("execute_request", { code: "1" })), undefined);
  assert.ok(kernel.read(frames), "the unchanged message is read");
});

Deno.test("Session drops a repeated message, even with other identities and buffers", () => {
  const { session: client } = session("client");
  const { session: kernel, reasons } = session("kernel");
  const frames = client.write("execute_request", { code: "1" });
  assert.ok(kernel.read(frames));
  assert.equal(kernel.read(frames), undefined);
  assert.equal(kernel.read([bytes("x"), ...frames, bytes("y")]), undefined);
  assert.deepEqual(reasons, ["it has been received before", "it has been received before"]);
});

Deno.test("SeenSignatures remembers only the newest signatures", () => {
  const seen = new SeenSignatures(2);
  const added = ["a", "b", "a", "c", "b", "a"].map((signature) => seen.add(bytes(signature)));
  assert.deepEqual(added, [true, true, false, true, false, true]);
});

const header = '{"msg_id":"1","msg_type":"t"}';

const malformed: { [what: string]: [frames: Uint8Array[], reason: RegExp] } = {
  "no frames": [[], /no delimiter <IDS\|MSG>/],
  "no delimiter": [[bytes("a"), bytes("<IDS|MSG"), bytes("<IDS|MSG>>")], /no delimiter <IDS\|MSG>/],
  "nothing after the delimiter": [[bytes("<IDS|MSG>")], /ends before its content/],
  "only three dictionaries": [signed(header, "{}", "{}"), /ends before its content/],
  "an empty signature": [
    [bytes("<IDS|MSG>"), bytes(""), ...signed(header, "{}", "{}", "{}").slice(2)],
    /its signature/,
  ],
  "a list as its content": [signed(header, "{}", "{}", "[]"), /its content is not a JSON object/],
  "null as its parent header": [signed(header, "null", "{}", "{}"), /its parent header is not a JSON object/],
  "metadata that is not JSON": [signed(header, "{}", "{]", "{}"), /its metadata is not a JSON object/],
  "content that is not UTF-8": [signed(header, "{}", "{}", bytes('{"a":"\xff"}')), /its content is not a JSON object/],
  "content that is nested too deeply": [
    signed(header, "{}", "{}", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    /its content is not a JSON/,
  ],
  "no id": [signed('{"msg_type":"t"}', "{}", "{}", "{}"), /its header lacks msg_id or msg_type/],
  "a type that is a number": [
    signed('{"msg_id":"1","msg_type":1}', "{}", "{}", "{}"),
    /its header lacks msg_id or msg_type/,
  ],
  "metadata that is too long": [
    signed(header, "{}", new Uint8Array(MAX_DICT_BYTES.metadata + 1), "{}"),
    /its metadata has 1048577 bytes/,
  ],
};

for (const [what, [frames, reason]] of Object.entries(malformed)) {
  Deno.test(`Session drops a message with ${what}`, () => {
    const { session: kernel, reasons } = session();
    assert.equal(kernel.read(frames), undefined);
    assert.equal(kernel.dropped, 1);
    assert.match(reasons.join(), reason);
  });
}

Deno.test("Session accepts unknown fields and repeats them in the parent header", () => {
  const { session: kernel } = session();
  const request = kernel.read(
    signed('{"msg_id":"1","msg_type":"t","subshell_id":null}', '{"odd":1}', "{}", '{"__proto__":1}'),
  )!;
  assert.deepEqual(request.parentHeader, {});
  assert.deepEqual(Object.keys(request.content), ["__proto__"]);
  assert.equal(
    texts(kernel.write("r", {}, { parent: request }))[3],
    '{"msg_id":"1","msg_type":"t","subshell_id":null}',
  );
});

Deno.test("Session drops frames that are not a message", () => {
  const frame = fc.oneof(fc.uint8Array({ maxLength: 30 }), fc.constantFrom("<IDS|MSG>", "{}", header).map(bytes));
  const { session: kernel } = session();
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 10 }), (frames) => assert.equal(kernel.read(frames), undefined)),
    fuzzing(1_000),
  );
  const dict = fc.oneof(fc.json(), fc.string(), fc.constantFrom(header, "{}"));
  fc.assert(
    fc.property(dict, dict, dict, dict, (...dicts) => {
      const message = session().session.read(signed(...dicts));
      assert.ok(message === undefined || typeof message.header.msg_id === "string");
    }),
    fuzzing(1_000),
  );
});
