/**
 * The set of long pasts: the request of a cell contains what the cell depends on, 50 and 200 cells later.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { EvalRun } from "../../eval/eval_run.ts";
import type { EvalCell } from "../../eval/eval_set.ts";
import { longPastSessions, longPastSet } from "../../eval/long_pasts/long_past_set.ts";
import { estimateTokens } from "../../src/execution/prompt/token_estimate.ts";
import { DEFAULT_HISTORY_TOKENS } from "../../src/execution/prompt/past.ts";
import type { GoldenCell } from "../golden/golden_cells.ts";
import { answer, result } from "../support/scripted_answer.ts";
import { type RecordedRequest, startScriptedModel } from "../support/scripted_model_server.ts";
import { runEval, temporaryFolder } from "./eval_process.ts";
import { codeOf, evaluate } from "./evaluate.ts";

const { cells } = longPastSet();

/** Returns the text of all turns of a request. */
function textOf({ body }: RecordedRequest): string {
  const messages: { content?: string }[] = body.messages;
  return messages.map(({ content }) => content ?? "").join("\n");
}

/** Runs the cells and returns, by name, the texts that a cell depends on and that its request lacks. */
async function forgotten(
  asked: readonly EvalCell[],
  options: Parameters<typeof evaluate>[2] = {},
): Promise<Record<string, string[]>> {
  const lacking: Record<string, string[]> = {};
  let next = 0;
  await using server = await startScriptedModel((request) => {
    const cell = asked[next++];
    assert.equal(codeOf(request), cell.code);
    const sent = textOf(request);
    const missing = cell.dependsOn!.filter((text) => !sent.includes(text));
    if (missing.length > 0) lacking[cell.name] = missing;
    return answer(result("0"));
  });
  await evaluate(server, asked, options);
  assert.equal(next, asked.length);
  return lacking;
}

Deno.test("each long-past cell depends on a definition 50 or 200 cells before it, in a past too long for a request", () => {
  for (const distance of [50, 200]) {
    const these = cells.filter(({ kind }) => kind.endsWith(` ${distance}`));
    assert.equal(these.length, 20);
    for (const [index, { executionCount, history, dependsOn, name }] of these.entries()) {
      const before = history.map(({ code }) => `${code}\n`);
      assert.equal(history.length, executionCount - 1);
      assert.equal(executionCount - (index + 1), distance);
      const definition = before[index];
      for (const text of dependsOn!) assert.ok(before.some((code) => code.includes(text)), `${name}: ${text}`);
      if (dependsOn!.length > 0) {
        assert.ok(dependsOn!.some((text) => definition.includes(text)) || name.match(/edited/), name);
      }
      assert.ok(estimateTokens(before.join("")) > 1.5 * DEFAULT_HISTORY_TOKENS);
    }
  }
});

Deno.test("the request of each long-past cell contains what the cell depends on", async () => {
  assert.deepEqual(await forgotten(cells), {});
});

Deno.test("the generator reproduces the committed long-past cells", async () => {
  const script = fileURLToPath(new URL("../../eval/record/long_pasts.py", import.meta.url));
  for (const distance of [50, 200]) {
    const { stdout } = await new Deno.Command("python3", { args: [script, String(distance)] }).output();
    const written: { cells: GoldenCell[] } = JSON.parse(new TextDecoder().decode(stdout));
    const codes = (of: readonly GoldenCell[]) =>
      of.map(({ name, kind, code, depends_on }) => [name, kind, code, depends_on]);
    assert.deepEqual(codes(longPastSessions()[`back_${distance}`]), codes(written.cells));
  }
});

Deno.test("the offline model, which knows only the request, answers every long-past cell exactly", async () => {
  await using folder = await temporaryFolder();
  const { code, stderr } = await runEval(["long-pasts", "--offline", "--out", "out.json"], folder.path);
  assert.equal(code, 0, stderr);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.equal(run.cells.length, cells.length);
  assert.deepEqual(run.cells.filter(({ match }) => match !== "exact").map(({ name }) => name), []);
});

Deno.test("a request with a history of 0 tokens lacks the definitions that its cell depends on", async () => {
  const lacking = await forgotten(cells, { historyTokens: 0 });
  assert.deepEqual(
    Object.keys(lacking),
    cells.filter(({ dependsOn }) => dependsOn!.length > 0).map(({ name }) => name),
  );
});
