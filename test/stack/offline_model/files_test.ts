/**
 * Files that a conversation describes, in the offline model's Python.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellFile } from "../../../src/execution/cell_file.ts";
import { formatCellTurn } from "../../../src/execution/prompt/cell_turn.ts";
import { formatPastSummary } from "../../../src/execution/prompt/past_summary.ts";
import { describeFile } from "../../../src/files/describe_file.ts";
import { describeGoneFile, describeLargeFile } from "../../../src/files/hidden_content.ts";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { assistant, type Json, user } from "../strict_model/requests.ts";
import { ask, result } from "./support.ts";

function file(name: string, content: string): CellFile {
  const description = describeFile({ name, bytes: new TextEncoder().encode(content) }, 8_000);
  return { name, version: content, description };
}

function cell(executionCount: number, code: string, files: readonly CellFile[] = []): Json[] {
  return [user(formatCellTurn({ executionCount, code, files })), assistant("(no output)")];
}

const T = file("t.csv", "a,b\n1,2\n");
const READ = "open('t.csv').read()";
const MISSING = "import os; os.path.exists('t.csv')";

for (const forgetful of [false, true]) {
  Deno.test(`${forgetful ? "a forgetful" : "an"} offline model has the files that a request describes`, async (t) => {
    await using model = await startOfflineModel({ forgetful });
    const CASES: [what: string, turns: Json[][], expected: string][] = [
      ["a file of the cell itself exists", [cell(1, READ, [T])], "'a,b\\n1,2\\n'"],
      ["a file of an earlier cell exists", [cell(1, "x = 1", [T]), cell(2, READ)], "'a,b\\n1,2\\n'"],
      [
        "a file has the content of its last description",
        [cell(1, "1", [T]), cell(2, READ, [file("t.csv", "new")])],
        "'new'",
      ],
      [
        "a file keeps what a cell has written to it",
        [cell(1, "open('t.csv', 'w').write('own')", [T]), cell(2, READ)],
        "'own'",
      ],
      ["a file that is described as deleted does not exist", [
        cell(1, "1", [T]),
        cell(2, MISSING, [{ name: "t.csv", version: "gone", description: describeGoneFile() }]),
      ], "False"],
      ["a file without described content does not exist", [
        cell(1, MISSING, [{ name: "t.csv", version: "1", description: describeLargeFile(99) }]),
      ], "False"],
    ];
    for (const [what, turns, expected] of CASES) {
      await t.step(what, async () => {
        const messages = turns.flat().slice(0, -1);
        const calls = await ask(model, [], { fields: { messages, prompt_cache_key: crypto.randomUUID() } });
        assert.deepEqual(calls, [result(expected)]);
      });
    }
  });
}

Deno.test("a forgetful offline model has the files that a summary describes", async () => {
  await using model = await startOfflineModel({ forgetful: true });
  const summary = formatPastSummary({ from: 1, to: 49, code: "text = open('t.csv').read()" }, [T]);
  const messages = [user(summary), assistant("(done)"), ...cell(50, "text, open('t.csv').read() == text").slice(0, 1)];
  const calls = await ask(model, [], { fields: { messages } });
  assert.deepEqual(calls, [result("('a,b\\n1,2\\n', True)")]);
});
