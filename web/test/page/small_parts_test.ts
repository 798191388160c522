/**
 * Small parts of the page: keys, names and times.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatDuration } from "../../page/cell/elapsed.tsx";
import { fileName } from "../../page/file/save_file.ts";
import { copyTitle } from "../../page/actions/duplicate_notebook.ts";
import { formatAge } from "../../page/home/format_age.ts";
import { describeTokens, formatSpent, formatTokens } from "../../page/widget/format_usage.ts";
import { matchesTitle } from "../../page/home/matches_title.ts";
import { readCommandKey, readFindKey } from "../../page/actions/command_key.ts";

const noModifiers = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const command = (key: string, modifiers: Partial<typeof noModifiers> = {}) =>
  readCommandKey({ key, ...noModifiers, ...modifiers });

Deno.test("the keys of command mode are those of Jupyter", () => {
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
  assert.equal(command("Enter", { shiftKey: true }), "run and select the next cell");
  assert.equal(command("Enter", { ctrlKey: true }), "run");
  assert.equal(command("Enter", { metaKey: true }), "run");
  const several = ["x", "c", "v", "V", "M", "J", "K", "l", "L", "o", "ArrowUp", "ArrowDown", "Home", "End"];
  assert.deepEqual(several.map((key) => command(key, { shiftKey: !/^[a-z]$/.test(key) })), [
    "cut",
    "copy",
    "paste below",
    "paste above",
    "merge",
    "extend down",
    "extend up",
    "line numbers",
    "all line numbers",
    "output",
    "extend up",
    "extend down",
    "extend to top",
    "extend to bottom",
  ]);
  assert.equal(command("a", { ctrlKey: true }), "select all");
  assert.equal(command("ArrowUp", { ctrlKey: true, shiftKey: true }), "move up");
});

Deno.test("Caps Lock does not change a key's command", () => {
  assert.equal(command("V"), "paste below");
  assert.equal(command("v", { shiftKey: true }), "paste above");
});

Deno.test("Ctrl+F and Ctrl+H open the search, and similar keys do not", () => {
  const find = (key: string, modifiers: Partial<typeof noModifiers> = {}) =>
    readFindKey({ key, ...noModifiers, ...modifiers });
  assert.equal(find("f", { ctrlKey: true }), "find");
  assert.equal(find("H", { metaKey: true }), "replace");
  assert.equal(find("f"), undefined);
  assert.equal(find("f", { ctrlKey: true, shiftKey: true }), undefined);
  assert.equal(find("g", { ctrlKey: true }), undefined);
});

Deno.test("the list of notebooks is filtered by all words, ignoring case and accents", () => {
  assert.ok(matchesTitle("Übung zu Schleifen", "ubung schl"));
  assert.ok(matchesTitle("Swifts", " "));
  assert.equal(matchesTitle("Swifts", "swift owl"), false);
});

Deno.test("the copy of a notebook gets a new title", () => {
  assert.equal(copyTitle("Swifts", ["Swifts"]), "Swifts (copy)");
  assert.equal(copyTitle("Swifts (copy)", ["Swifts", "Swifts (copy)"]), "Swifts (copy 2)");
});

Deno.test("keys of the browser are not commands", () => {
  assert.equal(command("b", { ctrlKey: true }), undefined);
  assert.equal(command("z", { metaKey: true }), undefined);
  assert.equal(command("Tab"), undefined);
  assert.equal(command("toString"), undefined);
});

Deno.test("a title becomes a file name that every system accepts", () => {
  assert.equal(fileName("A year of swifts: a data story"), "a-year-of-swifts-a-data-story");
  assert.equal(fileName("../../etc/passwd"), "etc-passwd");
  assert.equal(fileName("Übung №1"), "übung-no1");
  assert.equal(fileName("?!"), "notebook");
});

Deno.test("durations, ages and tokens have short forms", () => {
  assert.deepEqual([0, 340, 59_949, 185_000].map(formatDuration), ["0.0 s", "0.3 s", "59.9 s", "3 min 5 s"]);
  const now = new Date("2026-03-20T12:00:00Z");
  const age = (then: string) => formatAge(new Date(then), now);
  assert.equal(age("2026-03-20T11:59:30Z"), "just now");
  assert.equal(age("2026-03-20T11:55:00Z"), "5 minutes ago");
  assert.equal(age("2026-03-19T11:00:00Z"), "yesterday");
  assert.equal(age("2026-03-03T11:00:00Z"), "Mar 3, 2026");
  assert.deepEqual([812, 4_210, 1_300_000].map(formatTokens), ["812", "4.2k", "1.3M"]);
});

Deno.test("a cost is shown in dollars, or in tokens if the price is unknown", () => {
  const usage = { requests: 1, input: 1_200, cachedInput: 1_024, output: 34 };
  assert.equal(formatSpent(usage), "1.2k tok");
  assert.equal(formatSpent({ ...usage, cost: 0.0004 }), "$0.0004");
  assert.equal(formatSpent({ ...usage, input: 0, output: 0, cost: 0 }), undefined);
  assert.equal(describeTokens(usage), "1 request, 1,200 tokens in (1,024 cached), 34 out");
});
