import assert from "node:assert/strict";
import { judgeNotebook, judgeRuntime } from "../../src/check/notebook_checks.ts";
import type { NotebookLook, SeenSession } from "../../src/check/notebook_look.ts";

const seenAt = new Date("2026-11-22T12:00:00Z");
const ago = (seconds: number) => new Date(seenAt.getTime() - seconds * 1000);
const quote = (text: string) => text;

function look(sessions: SeenSession[], more: Partial<NotebookLook> = {}): NotebookLook {
  return { cells: 1, events: 3, sessions, seenAt, ...more };
}

const session = (times: Partial<SeenSession>): SeenSession => ({ runtimeId: "r1", runtimeType: "python", ...times });

Deno.test("judgeRuntime() warns of a runtime that has renewed its session recently", () => {
  const { status, message } = judgeRuntime(look([session({ startedAt: ago(3600), renewedAt: ago(10) })]), quote);
  assert.equal(status, "warn");
  assert.equal(message, "attached: r1 (python) since 2026-11-22 11:00:00 UTC, last heard from 10 s ago");
});

Deno.test("judgeRuntime() warns of a runtime that has just started", () => {
  assert.equal(judgeRuntime(look([session({ startedAt: ago(1) })]), quote).status, "warn");
});

Deno.test("judgeRuntime() accepts a crashed runtime that has not renewed its session for 46 s", () => {
  const { status, message, details } = judgeRuntime(look([session({ renewedAt: ago(46) })]), quote);
  assert.equal(status, "ok");
  assert.match(message, /not closed properly: r1 \(python\), last heard from 46 s ago/);
  assert.equal(details.live, false);
});

Deno.test("judgeRuntime() reports that no runtime is attached", () => {
  assert.equal(judgeRuntime(look([]), quote).message, "none is attached");
});

Deno.test("judgeNotebook() reports the title and the number of cells", () => {
  assert.equal(judgeNotebook(look([], { title: "Eggs", cells: 2 }), quote).message, `"Eggs" has 2 cells`);
});

Deno.test("judgeNotebook() warns of a notebook without cells", () => {
  assert.equal(judgeNotebook(look([], { cells: 0, events: 0 }), quote).message, "it is empty, or does not exist");
  assert.equal(judgeNotebook(look([], { cells: 0 }), quote).status, "warn");
});
