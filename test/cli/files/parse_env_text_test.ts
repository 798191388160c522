import assert from "node:assert/strict";
import { parseEnvText } from "../../../src/cli/files/parse_env_text.ts";

const cases: [text: string, variables: Record<string, string>][] = [
  ["A=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["A=1\rB=2", { A: "1", B: "2" }],
  ["export A=1\n\texport\tB = 2 \n", { A: "1", B: "2" }],
  ["A=sk-abc#def\nB=http://h/#x # the address\nC=1 #c\n#D=1\nE= # empty\n", {
    A: "sk-abc#def",
    B: "http://h/#x",
    C: "1",
    E: "",
  }],
  ['A=\'x # y\'#c\nB="a\\nb" # c\nC=`it\'s "x"`\n', { A: "x # y", B: "a\nb", C: `it's "x"` }],
  ["A='two\nlines'\nB=1", { A: "two\nlines", B: "1" }],
  ["A=it's#1\nB=a=b\nC=\n", { A: "it's#1", B: "a=b", C: "" }],
];
for (const [text, variables] of cases) {
  Deno.test(`parseEnvText() reads ${JSON.stringify(text)}`, () => {
    assert.deepEqual({ ...parseEnvText(text) }, variables);
  });
}
