import assert from "node:assert/strict";
import { injectParameters } from "../../src/nbformat/inject_parameters.ts";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";

const code = (source: string, ...tags: string[]): FileCell => ({
  type: "code",
  source,
  metadata: { tags },
  outputs: [],
});
const sources = (cells: FileCell[]) => injectParameters(cells, [["a", "1"]]).map(({ source }) => source);

Deno.test("injectParameters() replaces earlier parameters, or follows the cell with the defaults, or comes first", () => {
  const injected = "# Parameters\na = 1";
  assert.deepEqual(sources([code("x"), code("y", "parameters"), code("z")]), ["x", "y", injected, "z"]);
  assert.deepEqual(sources([code("x")]), [injected, "x"]);
  assert.deepEqual(sources([code("x", "parameters"), code("y"), code("old", "injected-parameters")]), [
    "x",
    "y",
    injected,
  ]);
});

const values: [text: string, python: string][] = [
  ["5", "5"],
  ["-5", "-5"],
  ["007", "7"],
  ["1_000", "1_000"],
  ["0", "0"],
  ["2.5", "2.5"],
  ["1e-3", "1e-3"],
  [".5", ".5"],
  ["nan", 'float("nan")'],
  ["-Infinity", 'float("-infinity")'],
  ["True", "True"],
  ["None", "None"],
  ["true", '"true"'],
  ["", '""'],
  ["5 apples", '"5 apples"'],
  ['say "x"\n', String.raw`"say \"x\"\n"`],
  ["1.2.3", '"1.2.3"'],
  ["äé", '"äé"'],
];
for (const [text, python] of values) {
  Deno.test(`the parameter ${JSON.stringify(text)} is ${python} in Python`, () => {
    assert.equal(injectParameters([], [["a", text]])[0].source, `# Parameters\na = ${python}`);
  });
}

Deno.test("the last value of a repeated parameter is used, and many zeros are read quickly", () => {
  assert.equal(injectParameters([], [["a", "1"], ["b", "2"], ["a", "3"]])[0].source, "# Parameters\na = 3\nb = 2");
  assert.equal(injectParameters([], [["a", "0".repeat(100_000)]])[0].source, "# Parameters\na = 0");
});
