/**
 * The parts of a TypeScript file that are checked.
 *
 * @module
 */

import assert from "node:assert/strict";
import { countLines } from "../../prose/count_lines.ts";
import { readTypeScript } from "../../prose/read_typescript.ts";
import type { ProseKind } from "../../prose/turn.ts";

const read = (kind: ProseKind, source: string, path = "file.ts") =>
  readTypeScript(path, source).filter((item) => item.kind === kind).map(({ line, text }) => [line, text]);

Deno.test("readTypeScript() returns a docstring without its marks and the line of its first word", () => {
  assert.deepEqual(read("doc", "\n/**\n * Reads a file.\n *\n * @param path its name\n */\nfunction read() {}\n"), [
    [3, "Reads a file.\n\n@param path its name"],
  ]);
  assert.deepEqual(read("doc", "/** The size, in bytes. */\nconst size = 1;"), [[1, "The size, in bytes."]]);
});

Deno.test("readTypeScript() joins consecutive line comments into one text", () => {
  const source = "// The first\n// sentence.\nrun(); // beside code\n\n// Another one.\n";
  assert.deepEqual(read("comment", source), [[1, "The first\nsentence."], [3, "beside code\nAnother one."]]);
});

Deno.test("readTypeScript() ignores slashes in strings, templates, regular expressions and JSX", () => {
  const source = [
    'const a = "http://host/ // none";',
    "const b = `// ${1 /* inside */} // none`;",
    "const c = /\\/\\/ none/;",
    "const d = <p>http://host/ {/* an expression */} // none <b /> // none</p>; // the end",
  ].join("\n");
  assert.deepEqual(read("comment", source, "file.tsx"), [[2, "inside"], [4, "an expression"], [4, "the end"]]);
});

Deno.test("readTypeScript() finds comments before the first token, at the end, and in empty blocks", () => {
  assert.deepEqual(read("comment", "#!/usr/bin/env deno\n// first\nf(() => {\n  // empty\n});\n// last"), [
    [2, "first"],
    [4, "empty"],
    [6, "last"],
  ]);
});

Deno.test("readTypeScript() masks code in backticks", () => {
  assert.deepEqual(read("comment", "// Asks for `is told` of it."), [[1, "Asks for `_______` of it."]]);
});

Deno.test("readTypeScript() returns the titles of tests and steps", () => {
  const source = 'Deno.test("one", () => {});\nDeno.test.ignore("two");\nt.step(`three ${n}`);\nlog("four");\n' +
    'browserTest("five", run);\nDeno.test({ name: "six", fn: () => {} });\nsave({ name: "seven" });';
  const titles = read("title", source).map(([, text]) => text);
  assert.deepEqual(titles, ["one", "two", "three _", "five", "six"]);
});

Deno.test("readTypeScript() returns the messages of errors, help texts and the page", () => {
  const source = [
    'throw new TypeError("an " + "error");',
    'const option = { help: wide ? "long" : "short", flag: "--none" };',
    'const element = <button title="a tip" class="none">Press {"me"}</button>;',
  ].join("\n");
  const texts = read("message", source, "file.tsx").map(([, text]) => text);
  assert.deepEqual(texts, ["an ", "error", "long", "short", "a tip", "Press ", "me"]);
});

Deno.test("readTypeScript() splits declared names into words and ignores imported ones", () => {
  const source = "function tellPast({ given: other, short }: T, MAX_SIZE: number) { console.log(other); }";
  assert.deepEqual(read("name", source).map(([, text]) => text), ["tell past", "other", "max size"]);
  assert.deepEqual(read("name", "class Log { #tellAll(): void {} }").map(([, text]) => text), ["log", "tell all"]);
});

Deno.test("countLines() counts lines that begin inside a comment, and ignores empty lines", () => {
  const source =
    "/**\n * A module.\n *\n * @module\n */\n\nconst a = 1; // beside code\n// below\n\nrun(`\n// text\n`);\n";
  assert.deepEqual(countLines("file.ts", source), { code: 4, comments: 6 });
});
