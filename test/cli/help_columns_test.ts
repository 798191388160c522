import assert from "node:assert/strict";
import { flagForm, HELP_WIDTH, helpColumns } from "../../src/cli/help_columns.ts";

Deno.test("helpColumns() sets flags beside wrapped paragraphs without trailing spaces", () => {
  const lines = helpColumns(["--include,", "--no-include"], ["word ".repeat(20), "[VARIABLE]"], 20);
  assert.equal(lines[0], `  --include,        ${"word ".repeat(12).trimEnd()}`);
  assert.equal(lines[1], `  --no-include      ${"word ".repeat(8).trimEnd()}`);
  assert.deepEqual(lines.slice(2), [`${" ".repeat(20)}[VARIABLE]`]);
  for (const line of lines) assert(line.length <= HELP_WIDTH);
  assert.deepEqual(helpColumns(["--a,", "--no-a"], ["Help."], 12), ["  --a,      Help.", "  --no-a"]);
});

Deno.test("helpColumns() starts the text below a flag that is wider than its column", () => {
  assert.deepEqual(helpColumns(["--a-long-flag"], ["Help."], 8), ["  --a-long-flag", `${" ".repeat(8)}Help.`]);
});

Deno.test("flagForm() shows a flag with its placeholder or its short form", () => {
  assert.equal(flagForm({ flag: "model", placeholder: "NAME" }), "--model NAME");
  assert.equal(flagForm({ flag: "help", short: "h" }), "-h, --help");
  assert.equal(flagForm({ flag: "offline" }), "--offline");
});
