import assert from "node:assert/strict";
import { MessageMaker } from "../../../src/jupyter/wire/message.ts";
import { InvalidMessageError, MessageCodec } from "../../../src/jupyter/wire/message_codec.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (frame: Uint8Array) => new TextDecoder().decode(frame);
const message = () => new MessageMaker().make("execute_request", { code: "1 + 1" });

/** A codec that has seen none of what another one with the same key has encoded. */
const codec = (key = "k3y") => new MessageCodec(key);

Deno.test("a message comes back from its frames, with identities and buffers", () => {
  const sent = { ...message(), buffers: [bytes("one"), bytes("")] };
  const { identities, ...received } = codec().decode(codec().encode(sent, [bytes("a"), bytes("b")]));
  assert.deepEqual(received, sent);
  assert.deepEqual(identities.map(text), ["a", "b"]);
});

Deno.test("a message is signed with HMAC-SHA256 over its four parts, in hexadecimal digits", async () => {
  const frames = codec().encode(message());
  assert.equal(text(frames[0]), "<IDS|MSG>");
  const key = await crypto.subtle.importKey("raw", bytes("k3y"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const parts = new Uint8Array(await new Blob(frames.slice(2, 6).map((part) => new Uint8Array(part))).arrayBuffer());
  const expected = new Uint8Array(await crypto.subtle.sign("HMAC", key, parts)).toHex();
  assert.equal(text(frames[1]), expected);
});

const spoilt: [problem: string, spoil: (frames: Uint8Array[]) => Uint8Array[], message: RegExp][] = [
  ["without a delimiter", (frames) => frames.slice(1), /lacks frames/],
  ["without its content", (frames) => frames.slice(0, 5), /lacks frames/],
  ["without any frame", () => [], /lacks frames/],
  ["without a signature", ([ids, , ...parts]) => [ids, bytes(""), ...parts], /signature is wrong/],
  ["with another signature", ([ids, , ...parts]) => [ids, bytes("0".repeat(64)), ...parts], /signature is wrong/],
  ["whose content was changed", (frames) => frames.with(5, bytes('{"code":"2"}')), /signature is wrong/],
  [
    "whose parts were exchanged",
    (frames) => frames.with(3, frames[4]).with(4, frames[3]).with(2, frames[5]),
    /signature/,
  ],
];

for (const [problem, spoil, expected] of spoilt) {
  Deno.test(`a message ${problem} is invalid`, () => {
    assert.throws(() => codec().decode(spoil(codec().encode(message()))), (thrown) => {
      assert.ok(thrown instanceof InvalidMessageError);
      assert.match(thrown.message, expected);
      return true;
    });
  });
}

Deno.test("a message that is received twice is invalid the second time", () => {
  const frames = codec().encode(message());
  const receiver = codec();
  receiver.decode(frames);
  assert.throws(() => receiver.decode(frames), /it was received before/);
});

const parts: [problem: string, header: string, content: string, message: RegExp][] = [
  ["that is not JSON", '{"msg_id":', "{}", /not JSON/],
  ["that is a list", '{"msg_id":"a","msg_type":"b","session":"c"}', "[]", /not a JSON object/],
  [
    "that is nested too deep",
    '{"msg_id":"a","msg_type":"b","session":"c"}',
    `{"a":${"[".repeat(300)}${"]".repeat(300)}}`,
    /not a JSON/,
  ],
  ["of a header without a type", '{"msg_id":"a","session":"c"}', "{}", /lacks an id, a type or a session/],
];

for (const [problem, header, content, expected] of parts) {
  Deno.test(`a message with a part ${problem} is invalid, also where nothing is signed`, () => {
    const frames = ["<IDS|MSG>", "", header, "{}", "{}", content].map(bytes);
    assert.throws(() => codec("").decode(frames), expected);
  });
}

Deno.test("without a key nothing is signed, and nothing checked", () => {
  const frames = codec("").encode(message());
  assert.equal(frames[1].length, 0);
  const receiver = codec("");
  receiver.decode(frames);
  receiver.decode(frames);
});

Deno.test("a message that is made has an id of its own, its sender's session, and the protocol's version", () => {
  const maker = new MessageMaker({ username: "me", date: () => new Date(0) });
  const parent = maker.make("execute_request", {}).header;
  const { header, parentHeader, metadata } = maker.make("status", {}, { parent, metadata: { a: 1 } });
  assert.notEqual(header.msg_id, parent.msg_id);
  assert.deepEqual(header, {
    msg_id: header.msg_id,
    msg_type: "status",
    session: maker.session,
    username: "me",
    date: "1970-01-01T00:00:00.000Z",
    version: "5.4",
  });
  assert.deepEqual([parentHeader, metadata], [parent, { a: 1 }]);
});
