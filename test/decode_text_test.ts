import assert from "node:assert/strict";
import { decodeText } from "../src/decode_text.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("decodeText() decodes UTF-8 and skips a byte order mark", () => {
  assert.equal(decodeText(utf8("a\r\nä😀")), "a\r\nä😀");
  assert.equal(decodeText(utf8("\uFEFFa")), "a");
  assert.equal(decodeText(new Uint8Array()), "");
});

const invalid: [bytes: number[], place: RegExp][] = [
  [[0x61, 0x0a, 0xe4, 0x27], /byte 0xE4 on line 2, 3 bytes into the file/],
  [[0x61, 0xff], /byte 0xFF on line 1, 2 bytes into the file/],
  [[0x61, 0xc3], /byte 0xC3 on line 1, 2 bytes into the file/],
  [[0xf0, 0x9f, 0x98], /byte 0xF0 on line 1, 1 bytes into the file/],
  [[0xc3, 0xa4, 0xf0, 0x9f, 0x41], /byte 0xF0 on line 1, 3 bytes into the file/],
  [[0xed, 0xa0, 0x80], /byte 0xED on line 1, 1 bytes/],
  [[0xff, 0xfe, 0x61, 0], /it is text in UTF-16, not in UTF-8; convert it with iconv -f UTF-16/],
  [[0xfe, 0xff, 0, 0x61], /UTF-16/],
];
for (const [bytes, place] of invalid) {
  Deno.test(`decodeText() reports the position at which ${bytes.map((byte) => byte.toString(16)).join(" ")} is not UTF-8`, () => {
    assert.throws(() => decodeText(Uint8Array.from(bytes)), place);
  });
}

Deno.test("decodeText() finds one invalid byte in a large file", () => {
  const bytes = new Uint8Array(30_000_000).fill(0x61);
  bytes[29_000_000] = 0xe4;
  assert.throws(() => decodeText(bytes), /byte 0xE4 on line 1, 29000001 bytes/);
});
