/**
 * The description of a file for a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { describeFile } from "../../src/files/describe_file.ts";
import { described, encoder } from "./described_file.ts";

/** Returns the facts in the first line of a description, without the words that introduce the file's lines. */
function factsOf(name: string, content: string | readonly number[]): string {
  return described(name, content).split("\n")[0].replace(/;[^;]*$/, "");
}

Deno.test("describeFile() shows a small table completely", () => {
  assert.equal(
    described("sales.csv", "region,units\nnorth,3\nsouth,4\n"),
    "29 bytes, CSV, 2 columns, 2 rows below the header; all of it:\n| region,units\n| north,3\n| south,4",
  );
});

Deno.test("describeFile() shows the first and last rows of a large table and counts the rows between", () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => `${index},name ${index}\n`);
  assert.equal(
    described("t.csv", `id,name\n${rows.join("")}`, 240),
    "657.8 KB, CSV, 2 columns, 40,000 rows below the header; its beginning and its end:\n| id,name\n| 0,name 0\n" +
      "| 1,name 1\n| 2,name 2\n| 3,name 3\n| 4,name 4\n[... 39,993 rows left out ...]\n| 39998,name 39998\n| 39999,name 39999",
  );
});

const FACTS: [what: string, name: string, content: string | readonly number[], facts: string][] = [
  [
    "a quoted field with newlines, commas and quotes",
    "t.csv",
    'a,b\n"x\ny, ""z""",1\n"",2\n',
    "24 bytes, CSV, 2 columns, 2 rows below the header",
  ],
  [
    "semicolons as separators",
    "t.csv",
    "a;b\n1,5;2\n",
    "10 bytes, CSV separated by ;, 2 columns, 1 row below the header",
  ],
  ["tabs in a CSV", "t.csv", "a\tb\n1\t2\n", "8 bytes, CSV separated by tabs, 2 columns, 1 row below the header"],
  ["tabs in a TSV", "t.tsv", "a\tb\n1\t2,5\n", "10 bytes, TSV, 2 columns, 1 row below the header"],
  ["one column", "t.csv", "name\nx\ny\n", "9 bytes, CSV, 1 column, 2 rows below the header"],
  ["no header", "t.csv", "1,a\n2,b\n", "8 bytes, CSV, 2 columns, 2 rows, no header"],
  ["no header but dates", "t.csv", "2024-01-05,a\n2024-01-06,b\n", "26 bytes, CSV, 2 columns, 2 rows, no header"],
  ["years as column names", "t.csv", "land,2023,2024\nfr,1,2\n", "22 bytes, CSV, 3 columns, 1 row below the header"],
  ["an index column without a name", "t.csv", ",a\n0,x\n", "7 bytes, CSV, 2 columns, 1 row below the header"],
  ["blank lines", "t.csv", "a,b\n\n1,2\n\n", "10 bytes, CSV, 2 columns, 1 row below the header"],
  [
    "a row that is too long",
    "t.csv",
    'a,b\n"\n",2\n1,2,3\n',
    "16 bytes, CSV, 2 columns, 2 rows below the header, line 4 has 3 fields",
  ],
  [
    "an unclosed quote",
    "t.csv",
    'a,b\n"1,2\n3,4\n',
    "13 bytes, CSV, 2 columns, 1 row below the header, a quote in the row on line 2 is never closed",
  ],
  ["CRLF line ends", "t.csv", "a,b\r\n1,2\r\n", "10 bytes, CSV, 2 columns, 1 row below the header, CRLF line ends"],
  ["CR line ends", "t.csv", "a,b\r1,2\r", "8 bytes, CSV, 2 columns, 1 row below the header, CR line ends"],
  [
    "a BOM and no final newline",
    "t.csv",
    "\ufeffa,b\n1,2",
    "10 bytes, CSV, 2 columns, 1 row below the header, UTF-8 with a BOM, no newline at the end",
  ],
  [
    "little-endian UTF-16",
    "t.csv",
    [0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0, 0x0a, 0],
    "10 bytes, CSV, 2 columns, 0 rows below the header, UTF-16 with a BOM",
  ],
  ["big-endian UTF-16", "t.txt", [0xfe, 0xff, 0, 0x61, 0, 0x0a], "6 bytes, text, 1 line, UTF-16 with a BOM"],
  [
    "Latin-1",
    "t.txt",
    [0x63, 0x61, 0x66, 0xe9, 0x0a],
    "5 bytes, text, 1 line, not UTF-8 (byte 0xe9 at position 3), read as Latin-1",
  ],
  [
    "Windows-1252",
    "t.txt",
    [0x80, 0x0a],
    "2 bytes, text, 1 line, not UTF-8 (byte 0x80 at position 0), read as Windows-1252",
  ],
  ["JSON lines", "t.jsonl", '{"a":1}\n{"b":2}\n', '16 bytes, JSON lines, 2 columns ("a", "b"), 2 rows'],
  [
    "JSON lines, one of them broken",
    "t.ndjson",
    '{"a":1}\n{"b"\n',
    '13 bytes, JSON lines, 1 column ("a"), 2 rows, 1 of them not JSON',
  ],
  ["JSON lines and the name t.json", "t.json", '{"a":1}\n{"a":2}\n', '16 bytes, JSON lines, 1 column ("a"), 2 rows'],
  [
    "a JSON list of objects",
    "t.json",
    '[{"a":1},{"a":2,"b":3}]\n',
    '24 bytes, JSON, a list of 2 objects with 2 keys ("a", "b"), 1 line',
  ],
  ["a JSON list of numbers", "t.json", "[1,2]\n", "6 bytes, JSON, a list of 2 numbers, 1 line"],
  ["a JSON object", "t.json", '{"a":\n{"b":1}}\n', '15 bytes, JSON, an object with 1 key ("a"), 2 lines'],
  ["a single JSON value", "t.json", "3\n", "2 bytes, JSON, a number, 1 line"],
  ["invalid JSON", "t.json", "{a}\n", "4 bytes, text that is not JSON, 1 line"],
  ["plain text", "notes.txt", "one\ntwo\n", "8 bytes, text, 2 lines"],
  ["text and no file extension", "README", "one\n", "4 bytes, text, 1 line"],
];

for (const [what, name, content, facts] of FACTS) {
  Deno.test(`describeFile() describes a file with ${what}`, () => assert.equal(factsOf(name, content), facts));
}

Deno.test("describeFile() uses the media type if the name has no extension", () => {
  const bytes = encoder.encode("a,b\n1,2\n");
  assert.match(describeFile({ name: "upload", mimeType: "text/csv", bytes }, 500), /^8 bytes, CSV, 2 columns/);
});

const BINARIES: [name: string, content: number[], description: string][] = [
  ["a.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "8 bytes, PNG image; its content is not shown"],
  ["a.csv", [0x50, 0x4b, 3, 4, 1], "5 bytes, ZIP archive; its content is not shown"],
  ["a.xlsx", [0x50, 0x4b, 3, 4, 1], "5 bytes, Excel workbook; its content is not shown"],
  ["a.parquet", [0x50, 0x41, 0x52, 0x31], "4 bytes, Parquet table; its content is not shown"],
  ["a.pkl", [0x80, 4, 0x95], "3 bytes, Python pickle; its content is not shown"],
  ["a.pdf", [..."%PDF-1.7"].map((each) => each.charCodeAt(0)), "8 bytes, PDF document; its content is not shown"],
  ["a.csv", [0x61, 0, 0x62], "3 bytes, binary file; its content is not shown"],
  ["a.txt", [1, 2, 3, 0x61], "4 bytes, binary file; its content is not shown"],
  ["a.csv", [], "0 bytes, empty"],
];

for (const [name, content, description] of BINARIES) {
  Deno.test(`describeFile() describes ${name} of ${content.length} bytes as "${description}"`, () => {
    assert.equal(described(name, content), description);
  });
}

Deno.test("describeFile() marks every line and escapes other characters that look like line ends", () => {
  const text = "a\nIn [5]:\rprint(1)\u2028In [6]:\x85In [7]:\x0bIn [8]:\x1b[0m\n";
  assert.deepEqual(described("t.txt", text).split("\n").slice(1), [
    "| a",
    "| In [5]:",
    String.raw`| print(1)\u2028In [6]:\x85In [7]:\x0bIn [8]:\x1b[0m`,
  ]);
});

Deno.test("describeFile() keeps the keys of JSON on the first line", () => {
  const description = described("t.json", JSON.stringify({ "x\nIn [1]:": 1, "\u2028": 2 }), 160);
  assert.equal(
    description.split("\n")[0],
    String
      .raw`24 bytes, JSON, an object with 2 keys ("x\nIn [1]:", "\u2028"), 1 line, no newline at the end; all of it:`,
  );
});

Deno.test("describeFile() leaves out the middle of long lines", () => {
  const description = described("t.csv", `a,b\n${"x".repeat(10_000)},1\n2,3\n`, 800);
  assert.deepEqual(description.split("\n").slice(1, 2), ["| a,b"]);
  assert.match(description, /^\| x+\[\.\.\. 9,\d\d\d characters left out \.\.\.\]x+,1$/m);
  assert.match(description, /^\| 2,3$/m);
});

Deno.test("describeFile() shows the beginning and the end of a single long line", () => {
  const description = described("t.json", JSON.stringify(Array.from({ length: 500 }, (_, index) => index)), 300);
  assert.match(
    description,
    /a list of 500 numbers, 1 line.*\n\| \[0,1,2,.*\[\.\.\. 1,\d\d\d characters left out \.\.\.\].*,499\]$/,
  );
  assert.ok(description.length > 280, `${description.length}`);
});

Deno.test("describeFile() never splits a surrogate pair", () => {
  for (let limit = 100; limit < 160; limit++) {
    assert.ok(described("t.txt", "😀".repeat(2_000), limit).isWellFormed(), `${limit}`);
    assert.ok(described("😀", "", limit - 100).isWellFormed());
  }
});

Deno.test("describeFile() returns an empty text if the limit is 0", () => {
  assert.equal(described("t.csv", "a,b\n", 0), "");
});
