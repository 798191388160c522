import { ManualClock } from "../support/manual_clock.ts";
import assert from "node:assert/strict";
import { formatBar, formatCell, Progress } from "../../eval/cli/progress.ts";
import type { CellScore } from "../../eval/eval_run.ts";

const nothing = { stdout: "", stderr: "", displays: [] };

function score(changes: Partial<CellScore>): CellScore {
  return {
    name: "cell",
    kind: "print",
    needs: [],
    code: "",
    expected: nothing,
    actual: nothing,
    parts: {},
    match: "exact",
    durationMs: 1,
    usage: { requests: 1, input: 1, cachedInput: 0, output: 1 },
    ...changes,
  };
}

/** Makes a host, with or without a terminal, that records what is written. The test sets its time. */
function makeHost(isTerminal: boolean, columns = 80) {
  const host = {
    written: "",
    writeError: (text: string) => void (host.written += text),
    isTerminal: () => isTerminal,
    columns: () => columns,
    clock: new ManualClock(),
  };
  return host;
}

Deno.test("formatBar() shows the progress of the run and the time left", () => {
  const state = { done: 0, total: 100, before: 0, exact: 0, elapsedMs: 0 };
  assert.equal(formatBar(state), `[${"-".repeat(24)}]  0/100  exact 0`);
  assert.equal(
    formatBar({ ...state, done: 25, exact: 20, elapsedMs: 30_000 }),
    `[${"#".repeat(6)}${"-".repeat(18)}]  25/100  exact 20  1:30 left`,
  );
  assert.match(formatBar({ ...state, done: 1, elapsedMs: 60_000 }), / 1:39:00 left$/);
});

Deno.test("formatBar() ignores cells of an earlier run in its estimate of the time left", () => {
  const state = { done: 50, total: 100, before: 50, exact: 50, elapsedMs: 5 };
  assert.doesNotMatch(formatBar(state), /left/);
  assert.match(formatBar({ ...state, done: 60, elapsedMs: 10_000 }), / 0:40 left$/);
});

Deno.test("Progress redraws one line on a terminal, never wider than the terminal", () => {
  const host = makeHost(true, 40);
  const progress = new Progress(host, 2, []);
  host.clock.advance(1_000);
  progress.add(score({}));
  progress.write("a warning\n");
  progress.add(score({ match: "wrong" }));
  progress.end();
  const lines = host.written.split("\r\x1b[2K");
  assert.deepEqual(lines.map((line) => line.replace(/^\[.*\]/, "[]").replace(/ $/, "")), [
    "",
    "[]  0/2  exact",
    "[]  1/2  exact",
    "a warning\n",
    "[]  1/2  exact",
    "[]  2/2  exact",
    "",
  ]);
  for (const line of lines) assert.ok(line.trimEnd().length < 40, line);
});

Deno.test("Progress writes a line without control sequences for each inexact cell when there is no terminal", () => {
  const host = makeHost(false);
  const progress = new Progress(host, 3, []);
  progress.add(score({}));
  progress.add(score({ name: "b", match: "normalised", parts: { stdout: "normalised", result: "exact" } }));
  progress.add(score({ name: "c\x1b[2J", match: "wrong", parts: {}, failure: "no answer\nat all" }));
  progress.end();
  assert.equal(host.written, "normalised  b  stdout\nno score    c  no answer\n");
  assert.equal(formatCell(score({ match: "wrong" })), "wrong       cell");
});
