import assert from "node:assert/strict";
import { declaredEncoding, decodeAs } from "../../src/python/source_encoding.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const declared: [source: string, encoding: string | undefined][] = [
  ["# -*- coding: latin-1 -*-\n", "latin-1"],
  ["#!/usr/bin/python\n# vim: set fileencoding=ISO_8859-15 :\n", "iso-8859-15"],
  ["\n# coding=utf-8\n", "utf-8"],
  ["\r\n# coding: cp1252\r\n", "cp1252"],
  ["# a\n# b\n# coding: latin-1\n", undefined],
  ["x = 1\n# coding: latin-1\n", undefined],
  ["x = 1  # coding: latin-1\n", undefined],
  ["print('coding: latin-1')\n", undefined],
  ["", undefined],
];
for (const [source, encoding] of declared) {
  Deno.test(`${JSON.stringify(source)} declares ${encoding ?? "no encoding"}`, () => {
    assert.equal(declaredEncoding(bytes(source)), encoding);
  });
}

Deno.test("decodeAs() accepts Python's names of encodings", () => {
  assert.equal(decodeAs(bytes("\xe4\x80"), "latin-1"), "ä\x80");
  assert.equal(decodeAs(bytes("\xe4\x80"), "iso-8859-1"), "ä\x80");
  assert.equal(decodeAs(bytes("\x80"), "cp1252"), "€");
  assert.equal(decodeAs(bytes("\xa4"), "iso8859-15"), "€");
  assert.equal(decodeAs(bytes("\xa4"), "iso-8859-15"), "€");
  assert.equal(decodeAs(bytes("\xcf\xd2"), "koi8-r"), "ор");
  assert.equal(decodeAs(bytes("\x82\xa0"), "cp932"), "あ");
  assert.equal(decodeAs(bytes("\xa4\xa2"), "euc-jp"), "あ");
  assert.equal(decodeAs(bytes("\xc3\xa4"), "utf-8-sig"), "ä");
  assert.equal(decodeAs(bytes("a"), "us-ascii"), "a");
});

Deno.test("decodeAs() returns undefined for invalid bytes and throws for an unknown encoding", () => {
  assert.equal(decodeAs(bytes("\xe4"), "ascii"), undefined);
  assert.equal(decodeAs(bytes("\xe4"), "utf-8-sig"), undefined);
  assert.throws(() => decodeAs(bytes("a"), "martian"), RangeError);
});
