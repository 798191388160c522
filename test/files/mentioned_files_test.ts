import assert from "node:assert/strict";
import { mentionedFiles } from "../../src/files/mentioned_files.ts";

const mentions: Record<string, [text: string, names: string[], found: string[]]> = {
  "a name": ["What is in t.csv?", ["t.csv", "u.csv"], ["t.csv"]],
  "a name at the end of a sentence": ["Look at t.csv.", ["t.csv"], ["t.csv"]],
  "names in the order of the text": ["Join b.csv with a.csv", ["a.csv", "b.csv"], ["b.csv", "a.csv"]],
  "a quoted name and a name after a folder": ['"t.csv" or data/u.csv', ["t.csv", "u.csv"], ["t.csv", "u.csv"]],
  "a name with spaces": ["Read my sales.csv now", ["my sales.csv"], ["my sales.csv"]],
  "a name in another script": ["看看 销售.csv", ["销售.csv"], ["销售.csv"]],
  "no part of a longer name": ["old-t.csv, art.csv, t.csv.gz, t.csv2, x.t.csv", ["t.csv"], []],
  "a name after a longer name that contains it": ["art.csv and t.csv", ["t.csv"], ["t.csv"]],
  "no empty name": ["What?", ["", " "], []],
};

for (const [what, [text, names, found]] of Object.entries(mentions)) {
  Deno.test(`mentionedFiles() finds ${what}`, () => assert.deepEqual(mentionedFiles(text, names), found));
}
