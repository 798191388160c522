/**
 * The rules of `deno task prose`. Each rule is tested with an example that it must catch and one that it must let pass.
 *
 * @module
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findTurns } from "../../prose/find_turns.ts";
import type { Turn } from "../../prose/turn.ts";
import { cleanPaths, turns } from "../../prose/turns.ts";

function findIn(text: string, { kinds = ["comment"] }: Turn): Turn[] {
  return findTurns([{ kind: kinds[0], line: 1, text }]).map(({ turn }) => turn);
}

for (const rule of turns) {
  Deno.test(`the rule "${rule.turn}" catches its bad example and lets the good one pass`, () => {
    assert.ok(findIn(rule.catches, rule).includes(rule), rule.catches);
    assert.deepEqual(findIn(rule.passes, rule).map(({ turn }) => turn), [], rule.passes);
  });
}

Deno.test("no two rules have the same name", () => {
  const names = turns.map(({ turn }) => turn);
  assert.deepEqual(names, [...new Set(names)]);
});

Deno.test("findTurns() finds a turn across a line break and reports its first line", () => {
  const [finding, ...rest] = findTurns([{
    kind: "doc",
    line: 7,
    text: "Waits for the server\nand then asks it once\nmore.",
  }]);
  assert.deepEqual(rest, []);
  assert.deepEqual([finding.line, finding.words], [8, "once more"]);
});

Deno.test("findTurns() looks for phrases in every kind of text except names", () => {
  const kinds = ["doc", "comment", "title", "message", "markdown", "name"] as const;
  const found = kinds.filter((kind) => findTurns([{ kind, line: 1, text: "Asks once more" }]).length > 0);
  assert.deepEqual(found, ["doc", "comment", "title", "message", "markdown"]);
});

Deno.test("every clean path is listed once, and folders end in a slash", () => {
  assert.deepEqual(cleanPaths, [...new Set(cleanPaths)]);
  for (const path of cleanPaths) assert.match(path, /\/$|\.(?:tsx?|md)$/, path);
});

Deno.test("the clean paths contain every TypeScript and Markdown file", () => {
  const listed = execFileSync("git", ["ls-files", "-z", "--", "*.ts", "*.tsx", "*.md"], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => file !== "");
  assert.ok(files.length > 500, "the files are listed");
  const isChecked = (file: string) =>
    cleanPaths.some((path) => path.endsWith("/") ? file.startsWith(path) : file === path);
  assert.deepEqual(files.filter((file) => !isChecked(file)), []);
});
