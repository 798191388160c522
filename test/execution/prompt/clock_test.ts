/**
 * The conditions under which the time is sent to a model.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { buildConversation } from "../../../src/execution/prompt/conversation.ts";
import { planReasoning } from "../../../src/execution/prompt/reasoning.ts";
import { runCell } from "../../support/cell_run.ts";
import { answer, stdout } from "../../support/scripted_answer.ts";

const date = new Date("2026-01-31T23:59:58.987Z");
const CLOCK = "import datetime\nprint(datetime.datetime.now())";

const entry = (executionCount: number, code: string): HistoryEntry => ({ executionCount, code, outputs: [] });

/** Returns the first line of each user turn. */
function lines(code: string, history: readonly HistoryEntry[], at: Date | undefined = date): string[] {
  return buildConversation({ code, history, executionCount: history.length + 1, date: at })
    .filter(({ role }) => role === "user").map(({ content }) => content!.split("\n")[0]);
}

Deno.test("a cell that reads the clock is sent with the time in UTC, to the second", () => {
  assert.deepEqual(lines(CLOCK, []), ["In [1]: no Out[1]; now 2026-01-31 23:59:58 UTC"]);
});

Deno.test("a cell that does not read the clock is sent without the time", () => {
  assert.deepEqual(lines("x = 1", []), ["In [1]: no Out[1]"]);
});

Deno.test("a cell that reads the clock through an earlier definition is sent with the time", () => {
  const history = [entry(1, "def log(x):\n    print(datetime.datetime.now(), x)")];
  assert.deepEqual(lines("log(1)", history), [
    "In [1]: no Out[1]",
    "In [2]: Out[2] unless None; now 2026-01-31 23:59:58 UTC",
  ]);
});

Deno.test("the time is not sent when the date is unknown", () => {
  assert.deepEqual(
    buildConversation({ code: CLOCK, history: [], executionCount: 1 }).at(-1)!.content,
    `In [1]: no Out[1]\n${CLOCK}`,
  );
});

Deno.test("the turns of earlier cells do not depend on the current time", () => {
  const history = [entry(1, CLOCK), entry(2, "datetime.date.today()")];
  const before = (date: Date) => buildConversation({ code: CLOCK, history, executionCount: 3, date }).slice(0, -1);
  assert.deepEqual(before(date), before(new Date("2031-05-06T07:08:09Z")));
});

Deno.test("the time comes before the request for scratch work", () => {
  const plan = planReasoning("brief", () => true);
  const turn = buildConversation({ code: "time.time()", history: [], executionCount: 1, date, plan }).at(-1)!;
  assert.ok(turn.role === "user");
  assert.equal(
    turn.notes!.asNeeded.split("\n")[0],
    "In [1]: Out[1] unless None; now 2026-01-31 23:59:58 UTC; work it out in short notes first",
  );
});

Deno.test("executeCell() sends the current time by default", async () => {
  const before = Date.now();
  const { conversations } = await runCell(answer(stdout("a\n")), { code: CLOCK });
  const [, told] = /^In \[7\]: no Out\[7\]; now (.*) UTC\n/.exec(conversations[0].at(-1)!.content!)!;
  const time = Date.parse(`${told.replace(" ", "T")}Z`);
  assert.ok(time > before - 1_000 && time <= Date.now(), told);
});

Deno.test("executeCell() sends the time in its option date", async () => {
  const { conversations } = await runCell(answer(stdout("a\n")), { code: CLOCK, date });
  assert.match(conversations[0].at(-1)!.content!, /^In \[7\]: no Out\[7\]; now 2026-01-31 23:59:58 UTC\n/);
});
