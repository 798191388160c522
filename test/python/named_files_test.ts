/**
 * The files that a cell names in a string.
 *
 * @module
 */

import assert from "node:assert/strict";
import { filePathsIn, namedFiles } from "../../src/python/named_files.ts";
import { stringLiterals } from "../../src/python/string_literals.ts";

const NAMES = ["t.csv", "a b.json", "data/deep.csv"];

const CASES: [code: string, named: string[]][] = [
  ["pd.read_csv('t.csv')", ["t.csv"]],
  ['pd.read_csv("data/t.csv")', ["t.csv"]],
  ["open('./t.csv')", ["t.csv"]],
  ['open("/content/t.csv")', ["t.csv"]],
  [String.raw`open(r"C:\data\t.csv")`, ["t.csv"]],
  ["open(R't.csv')", ["t.csv"]],
  ["open(b't.csv')", ["t.csv"]],
  ["open(f't.csv')", ["t.csv"]],
  ["open('file:///tmp/t.csv')", ["t.csv"]],
  ["open('''t.csv''')", ["t.csv"]],
  ["open('t' '.csv')", ["t.csv"]],
  [String.raw`open('t\x2ecsv')`, ["t.csv"]],
  ['pathlib.Path("a b.json").read_text()', ["a b.json"]],
  ["for p in ['a b.json', 't.csv', 't.csv']: print(p)", ["a b.json", "t.csv"]],
  ["open('data/deep.csv')", ["data/deep.csv"]],
  ["open('./data//./deep.csv')", ["data/deep.csv"]],
  ["%%time\nopen('t.csv')", ["t.csv"]],
  ["%time open('t.csv')\n!ls", ["t.csv"]],
  [">>> open('t.csv')", ["t.csv"]],
  ["f(\nopen('t.csv'", ["t.csv"]],
  ["f'{open(\"t.csv\").read()}'", ["t.csv"]],
  ["open('deep.csv')", []],
  ["open('at.csv')", []],
  ["open('t.csv.gz')", []],
  ["open('T.csv')", []],
  ["# reads 't.csv'\nx = 1", []],
  ["'''Reads t.csv'''", []],
  ['def f():\n    """Reads the table\n    t.csv\n    """', []],
  ["open(f'{folder}/t.csv')", []],
  ["pd.read_csv('https://example.com/t.csv')", []],
  ["t.csv", []],
  ["%%bash\ncat 't.csv'", []],
  ["", []],
];

for (const [code, named] of CASES) {
  Deno.test(`namedFiles() finds ${JSON.stringify(named)} in ${JSON.stringify(code)}`, () => {
    assert.deepEqual(namedFiles(code, NAMES), named);
  });
}

Deno.test("namedFiles() ignores empty names", () => {
  assert.deepEqual(namedFiles("open('')\nopen('a/')", ["", "./"]), []);
});

Deno.test("filePathsIn() lists each path with a given extension once", () => {
  const code = "a = open('./t.csv')\nb = open('d/t.TSV')\nc = open('t.csv')\nd = 'x.png'\ne = 'see t.csv'";
  assert.deepEqual(filePathsIn(code, ["csv", "tsv"]), ["t.csv", "d/t.TSV", "see t.csv"]);
});

Deno.test("filePathsIn() keeps parent folders and the root in paths", () => {
  assert.deepEqual(filePathsIn("'../t.csv', '/t.csv', '.hidden.csv', 'a/../t.csv'", ["csv"]), [
    "../t.csv",
    "/t.csv",
    ".hidden.csv",
    "a/../t.csv",
  ]);
});

Deno.test("stringLiterals() decodes Python's escapes", () => {
  const code = String.raw`'a\tb', r'a\tb', '\u00e9\U0001F600\101', 'it\'s', f'{{x}}', '\q', '\U00110000'`;
  assert.deepEqual(stringLiterals(code), [
    "a\tb",
    String.raw`a\tb`,
    "é😀A",
    "it's",
    "{x}",
    String.raw`\q`,
    String.raw`\U00110000`,
  ]);
});
