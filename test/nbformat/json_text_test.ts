import assert from "node:assert/strict";
import fc from "fast-check";
import { ExactNumber, parseJson, stringifyJson, toPlainJson } from "../../src/nbformat/json_text.ts";

const again = (text: string) => stringifyJson(parseJson(text)).replaceAll(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, "");

Deno.test("numbers are written exactly as they were read", () => {
  for (
    const text of ["9007199254740993", "1234567890123456789", "1.0", "1e5", "-0", "0.1000000000000000055", "NaN"]
      .concat("Infinity", "-Infinity", "1e999", "5", "-2.5")
  ) {
    assert.equal(again(`{"a":[${text}]}`), `{"a":[${text}]}`);
  }
});

Deno.test("NaN and Infinity in strings are text", () => {
  for (const text of ['"NaN"', '"say \\"NaN\\""', '"\\\\"', '"-Infinity, NaN"']) {
    assert.equal(stringifyJson(parseJson(`{"a":[NaN,${text}]}`)).includes(text), true);
  }
});

Deno.test("toPlainJson() converts numbers as precisely as JavaScript allows", () => {
  const value = toPlainJson(parseJson('{"a": [1.0, 9007199254740993, NaN, 1e999, "x", null, true]}'));
  assert.deepEqual(value, { a: [1, 9007199254740992, null, null, "x", null, true] });
  assert.equal(
    JSON.stringify({ n: new ExactNumber("9007199254740993"), x: new ExactNumber("NaN") }),
    '{"n":9007199254740993,"x":null}',
  );
});

Deno.test("stringifyJson() sorts keys, and preserves any JSON", () => {
  assert.equal(stringifyJson({ b: 1, a: { d: 2, c: 3 } }), '{\n "a": {\n  "c": 3,\n  "d": 2\n },\n "b": 1\n}');
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const text = JSON.stringify(value);
    assert.deepEqual(toPlainJson(parseJson(stringifyJson(parseJson(text)))), JSON.parse(text));
  }));
});

Deno.test("parseJson() rejects text that neither JavaScript nor Python writes", () => {
  for (const text of ["{a: 1}", "[nan]", "[+Infinity]", "[1,]", "'a'", "[NaNa]", "[--Infinity]"]) {
    assert.throws(() => parseJson(text), SyntaxError, text);
  }
});
