/**
 * Properties of the descriptions of arbitrary files.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { describeFile } from "../../src/files/describe_file.ts";
import { describeGoneFile, describeLargeFile, describeUnreadableFile } from "../../src/files/hidden_content.ts";
import { described, encoder } from "./described_file.ts";

const text = fc.string({
  unit: fc.constantFrom(
    "a",
    "1",
    ",",
    ";",
    "\t",
    '"',
    "\n",
    "\n",
    "\r",
    "{",
    "}",
    ":",
    "é",
    "😀",
    "\x1b",
    "\u2028",
    "\x85",
  ),
  maxLength: 3_000,
});

const file = fc.record({
  name: fc.constantFrom("t.csv", "t.tsv", "t.json", "t.jsonl", "t.txt", "t.parquet", "t"),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.uint8Array({ min: 0x20, maxLength: 2_000 }),
    text.map((each) => encoder.encode(each)),
    fc.array(fc.constantFrom('{"a":1}', '{"b":[2]}', "1,2", "x", ""), { maxLength: 300 }).map((lines) =>
      encoder.encode(lines.join("\n"))
    ),
  ),
});

Deno.test("describeFile() stays within its limit and marks every line of any file", () => {
  fc.assert(
    fc.property(file, fc.nat(3_000), ({ name, bytes }, limit) => {
      const description = describeFile({ name, bytes }, limit);
      assert.ok(description.length <= limit, `${description.length} of ${limit}`);
      const [, ...lines] = description.split("\n");
      const unmarked = lines.filter((line) => !line.startsWith("| "));
      assert.ok(
        unmarked.length <= 1 &&
          unmarked.every((line) => /^\[\.\.\. [\d,]+ (?:row|line)s? left out \.\.\.\]$/.test(line)),
        unmarked.join(),
      );
      assert.doesNotMatch(description, /[\r\u2028\u2029\x85\v\f]/);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("describeFile() shows only lines of the file and counts those that are left out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 30 }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 300, max: 3_000 }),
      (lines, limit) => {
        const description = described("t.txt", `${lines.join("\n")}\n`, limit);
        const shown = description.split("\n").slice(1);
        const gap = shown.findIndex((line) => line.startsWith("[... "));
        const [head, tail] = gap === -1 ? [shown, []] : [shown.slice(0, gap), shown.slice(gap + 1)];
        assert.deepEqual(head, lines.slice(0, head.length).map((line) => `| ${line}`));
        assert.deepEqual(tail, tail.length === 0 ? [] : lines.slice(-tail.length).map((line) => `| ${line}`));
        const left = lines.length - head.length - tail.length;
        if (gap !== -1) assert.equal(shown[gap], `[... ${left} line${left === 1 ? "" : "s"} left out ...]`);
        else assert.equal(left, 0);
      },
    ),
  );
});

Deno.test("a file that cannot be described gets the reason instead", () => {
  assert.equal(describeGoneFile(), "deleted; it does not exist any more");
  assert.equal(
    describeLargeFile(20_000_000),
    "20 MB, it exists; its content is not shown, because it has more than 16 MiB",
  );
  assert.equal(describeLargeFile(), "it exists; its content is not shown, because it has more than 16 MiB");
  assert.equal(describeUnreadableFile(), "it exists; its content could not be read and is not shown");
});
