import assert from "node:assert/strict";
import { FailureStreak } from "../../eval/failure_streak.ts";
import type { Answer } from "../../eval/ask_cell.ts";

const score: Answer = {
  name: "a",
  actual: { stdout: "", stderr: "", displays: [] },
  durationMs: 1,
  usage: { requests: 1, input: 1, cachedInput: 0, output: 1 },
};

/** Counts answers in one streak: failures of these kinds, and answers with a score. */
function count(...kinds: (NonNullable<Answer["failureKind"]> | "score")[]): void {
  const streak = new FailureStreak();
  for (const kind of kinds) streak.add(kind === "score" ? score : { ...score, failure: "no", failureKind: kind });
}

Deno.test("FailureStreak neither counts late answers nor starts again after one", () => {
  count("late", "late", "late", "late");
  count("server_error", "late", "server_error", "late", "score", "server_error");
  assert.throws(() => count("server_error", "late", "server_error", "late", "server_error"), {
    name: "ModelError",
    message: "the model failed 3 times in a row, so the run was stopped: no",
  });
});

Deno.test("FailureStreak starts again after an answer with a score", () => {
  count("refused", "refused", "score", "refused", "refused");
  assert.throws(() => count("refused", "score", "refused", "refused", "refused"), { name: "RefusedError" });
});
