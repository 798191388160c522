import assert from "node:assert/strict";
import { pythonRepr } from "../../src/media/python_repr.ts";
import type { JsonValue } from "../../src/media/json_value.ts";

for (
  const [value, repr] of [
    [null, "None"],
    [[true, false], "[True, False]"],
    [{ a: [1, -2.5], "it's": {} }, `{'a': [1, -2.5], "it's": {}}`],
    ["a", "'a'"],
    ["it's", '"it\'s"'],
    [`"it's"`, `'"it\\'s"'`],
    ["\\ \n\t\r\x1b\xa0\u2028 é 😀", "'\\\\ \\n\\t\\r\\x1b\\xa0\\u2028 é 😀'"],
    ["\ud83d", "'\\ud83d'"],
  ] as [JsonValue, string][]
) {
  Deno.test(`pythonRepr() writes ${JSON.stringify(value)} as Python does`, () => assert.equal(pythonRepr(value), repr));
}

Deno.test("pythonRepr() writes numbers in the requested form", () => {
  assert.equal(pythonRepr([1, { a: 2 }], (number) => number.toFixed(1)), "[1.0, {'a': 2.0}]");
});
