/**
 * The page's small parts: keys, names, times.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatDuration } from "../../page/cell/elapsed.tsx";
import { fileName } from "../../page/file/save_file.ts";
import { formatAge } from "../../page/home/format_age.ts";
import { readCommandKey } from "../../page/actions/command_key.ts";
import { describeTokens, formatSpent, formatTokens } from "../../page/widget/format_usage.ts";

const noModifiers = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const command = (key: string, modifiers: Partial<typeof noModifiers> = {}) =>
  readCommandKey({ key, ...noModifiers, ...modifiers });

Deno.test("the keys of command mode are Jupyter's", () => {
  const keys = ["ArrowUp", "k", "ArrowDown", "j", "Enter", "a", "b", "d", "z", "m", "y"];
  assert.deepEqual(keys.map((key) => command(key)), [
    "previous",
    "previous",
    "next",
    "next",
    "edit",
    "above",
    "below",
    "delete",
    "undo",
    "text",
    "code",
  ]);
  assert.equal(command("Enter", { shiftKey: true }), "run and go on");
  assert.equal(command("Enter", { ctrlKey: true }), "run");
  assert.equal(command("Enter", { metaKey: true }), "run");
});

Deno.test("what the browser does with a key is left to it", () => {
  assert.equal(command("a", { ctrlKey: true }), undefined);
  assert.equal(command("z", { metaKey: true }), undefined);
  assert.equal(command("Tab"), undefined);
  assert.equal(command("toString"), undefined);
});

Deno.test("a title becomes a file's name that no system minds", () => {
  assert.equal(fileName("A year of swifts: a data story"), "a-year-of-swifts-a-data-story");
  assert.equal(fileName("../../etc/passwd"), "etc-passwd");
  assert.equal(fileName("Übung №1"), "übung-no1");
  assert.equal(fileName("?!"), "notebook");
});

Deno.test("durations, ages and tokens are short", () => {
  assert.deepEqual([0, 340, 59_949, 185_000].map(formatDuration), ["0.0 s", "0.3 s", "59.9 s", "3 min 5 s"]);
  const now = new Date("2026-03-20T12:00:00Z");
  const age = (then: string) => formatAge(new Date(then), now);
  assert.equal(age("2026-03-20T11:59:30Z"), "just now");
  assert.equal(age("2026-03-20T11:55:00Z"), "5 minutes ago");
  assert.equal(age("2026-03-19T11:00:00Z"), "yesterday");
  assert.equal(age("2026-03-03T11:00:00Z"), "Mar 3, 2026");
  assert.deepEqual([812, 4_210, 1_300_000].map(formatTokens), ["812", "4.2k", "1.3M"]);
});

Deno.test("what a cell has cost is told in dollars, or in tokens where the price is not known", () => {
  const usage = { requests: 1, input: 1_200, cachedInput: 1_024, output: 34 };
  assert.equal(formatSpent(usage), "1.2k tok");
  assert.equal(formatSpent({ ...usage, cost: 0.0004 }), "$0.0004");
  assert.equal(formatSpent({ ...usage, input: 0, output: 0, cost: 0 }), undefined);
  assert.equal(describeTokens(usage), "1 request, 1,200 tokens in (1,024 cached), 34 out");
});
