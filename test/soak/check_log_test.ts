import assert from "node:assert/strict";
import { checkLog } from "../../soak/check_log.ts";
import { expectedText, type Job, jobCode } from "../../soak/job.ts";
import type { LoggedEvent } from "../../soak/read_log.ts";

const job: Job = { id: 7, lines: 2, pace: 0, fault: "none" };
const [firstLine, secondLine] = expectedText(job).match(/.*\n/g)!;

type Entry = [name: string, args: unknown];

const edited = (cellId: string, of: Job = job): Entry => ["v1.CellSourceChanged", { id: cellId, source: jobCode(of) }];
const session = (sessionId: string): Entry => ["v1.RuntimeSessionStarted", { sessionId }];
const requested = (queueId: string, cellId: string): Entry => ["v1.ExecutionRequested", { queueId, cellId }];
const claimed = (queueId: string): Entry => ["v1.ExecutionAssigned", { queueId, runtimeSessionId: "s" }];
const started = (queueId: string, cellId: string, runtimeSessionId = "s"): Entry[] => [
  ["v1.ExecutionStarted", { queueId, cellId, runtimeSessionId }],
  ["v1.CellOutputsCleared", { cellId, clearedBy: "runtime-r" }],
];
const printed = (cellId: string, position: number, data: string, id = `${cellId}-${position}`): Entry => [
  "v1.TerminalOutputAdded",
  { id, cellId, position, content: { type: "inline", data }, streamName: "stdout" },
];
const interrupted = (cellId: string): Entry => [
  "v1.ErrorOutputAdded",
  { id: `${cellId}-interrupt`, cellId, position: 9, content: { type: "inline", data: { ename: "KeyboardInterrupt" } } },
];
const completed = (queueId: string, status = "success"): Entry => ["v1.ExecutionCompleted", { queueId, status }];
const cancelled = (queueId: string): Entry => ["v1.ExecutionCancelled", { queueId }];

/** Returns the number of problems of each kind in a log that starts with a session and an edited cell. */
function problems(...entries: (Entry | Entry[])[]) {
  const flat = [session("s"), edited("c"), ...entries.flatMap((entry) => Array.isArray(entry[0]) ? entry : [entry])];
  const log = (flat as Entry[]).map(([name, args], index): LoggedEvent => ({
    name,
    args,
    seqNum: index + 1,
    clientId: "x",
  }));
  const { requests, lost, doubled, stuck } = checkLog(log);
  return { requests, lost: lost.length, doubled: doubled.length, stuck: stuck.length };
}

const clean = { requests: 1, lost: 0, doubled: 0, stuck: 0 };
const run = [requested("q", "c"), ...started("q", "c"), printed("c", 0, firstLine), printed("c", 1, secondLine)];

Deno.test("checkLog() accepts a request that ends once with all its outputs", () => {
  assert.deepEqual(problems(...run, completed("q")), clean);
  assert.deepEqual(problems(...run.slice(0, -1), completed("q", "error")), clean);
  assert.deepEqual(problems(...run.slice(0, -1), cancelled("q")), clean);
  assert.deepEqual(problems(requested("q", "c"), cancelled("q")), clean);
});

Deno.test("checkLog() reports a request that has not ended as stuck", () => {
  assert.deepEqual(problems(...run), { ...clean, stuck: 1 });
});

Deno.test("checkLog() reports an output that is missing from a successful request as lost", () => {
  assert.deepEqual(problems(...run.slice(0, -1), completed("q")), { ...clean, lost: 1 });
});

Deno.test("checkLog() reports an output that occurs twice or in the wrong order", () => {
  assert.deepEqual(problems(...run, printed("c", 2, secondLine), completed("q")), { ...clean, doubled: 1 });
  const swapped = [printed("c", 1, firstLine), printed("c", 0, secondLine)];
  assert.deepEqual(problems(...run.slice(0, -2), ...swapped, completed("q")), { ...clean, doubled: 1 });
  assert.deepEqual(problems(...run.slice(0, -2), ...swapped, cancelled("q")), { ...clean, doubled: 1 });
});

Deno.test("checkLog() accepts an output that is added again with the same id", () => {
  assert.deepEqual(problems(...run, printed("c", 1, secondLine), completed("q")), clean);
});

Deno.test("checkLog() reports an output of one job under a cell that runs another job", () => {
  assert.equal(problems(...run, printed("c", 2, "job 8 line 0\n"), cancelled("q")).doubled, 2);
});

Deno.test("checkLog() reports a request that ends twice, unless the second end corrects a late claim", () => {
  assert.deepEqual(problems(...run, completed("q"), completed("q")), { ...clean, doubled: 1 });
  assert.deepEqual(problems(requested("q", "c"), cancelled("q"), claimed("q"), cancelled("q")), clean);
  assert.deepEqual(problems(...run, completed("q"), claimed("q"), completed("q")), clean);
  assert.deepEqual(problems(...run, completed("q"), claimed("q"), completed("q", "error")), { ...clean, doubled: 1 });
});

Deno.test("checkLog() reports a request that starts after its end", () => {
  const late = [requested("q", "c"), cancelled("q"), claimed("q"), ...started("q", "c"), cancelled("q")];
  assert.deepEqual(problems(...late), { ...clean, doubled: 1 });
});

Deno.test("checkLog() reports cells that run at the same time or overtake each other", () => {
  const both = [requested("q", "c"), requested("r", "d"), ...started("q", "c"), ...started("r", "d")];
  assert.equal(problems(...both, cancelled("q"), cancelled("r")).doubled, 1);
  const late = [requested("q", "c"), requested("r", "d"), ...started("r", "d"), cancelled("r"), cancelled("q")];
  assert.equal(problems(...late).lost, 1);
});

Deno.test("checkLog() accepts that another session starts the request of a dead runtime again", () => {
  const again = [
    session("t"),
    ...started("q", "c", "t"),
    printed("c", 0, firstLine, "n0"),
    printed("c", 1, secondLine, "n1"),
  ];
  assert.deepEqual(problems(...run.slice(0, -1), ...again, completed("q")), clean);
});

Deno.test("checkLog() ends all earlier requests with Cancel All, but no later ones", () => {
  const all: Entry = ["v1.AllExecutionsCancelled", null];
  assert.deepEqual(problems(...run, all, requested("r", "c")), { requests: 2, lost: 0, doubled: 0, stuck: 1 });
});

Deno.test("checkLog() accepts both sources of a cell that is edited between claim and start, but no older source", () => {
  const again = edited("c", { ...job, id: 8 });
  const rest = [...started("q", "c"), printed("c", 0, firstLine), printed("c", 1, secondLine), completed("q")];
  assert.deepEqual(problems(requested("q", "c"), claimed("q"), again, ...rest), clean);
  assert.equal(problems(requested("q", "c"), again, claimed("q"), ...rest).doubled, 3);
});

Deno.test("checkLog() accepts one end that crosses a cancellation if the request is cancelled again", () => {
  const crossed = [...run, cancelled("q"), completed("q")];
  assert.deepEqual(problems(...crossed), { ...clean, stuck: 1 });
  assert.deepEqual(problems(...crossed, cancelled("q")), clean);
  assert.deepEqual(problems(...crossed, cancelled("q"), completed("q")), { ...clean, doubled: 1 });
});

Deno.test("checkLog() accepts the cancellation of an ended request, but not a completion after it", () => {
  assert.deepEqual(problems(...run, completed("q"), cancelled("q")), clean);
  assert.deepEqual(problems(...run, completed("q"), cancelled("q"), completed("q")), { ...clean, doubled: 1 });
});

Deno.test("checkLog() reports a cancelled request that starts and does not end again as stuck", () => {
  const raced = [requested("q", "c"), claimed("q"), cancelled("q"), ...started("q", "c")];
  assert.deepEqual(problems(...raced), { ...clean, stuck: 1 });
  assert.deepEqual(problems(...raced, cancelled("q")), clean);
});

Deno.test("checkLog() accepts a KeyboardInterrupt of a cancelled run before and after the cancellation", () => {
  const half = run.slice(0, -1);
  assert.deepEqual(problems(...half, cancelled("q"), interrupted("c")), clean);
  assert.deepEqual(problems(...half, interrupted("c"), cancelled("q")), clean);
  const late = [requested("q", "c"), claimed("q"), cancelled("q"), ...started("q", "c"), printed("c", 0, firstLine)];
  assert.deepEqual(problems(...late, interrupted("c"), cancelled("q")), clean);
  const again = [
    ...half,
    interrupted("c"),
    ...started("q", "c"),
    printed("c", 0, firstLine),
    printed("c", 1, secondLine),
  ];
  assert.deepEqual(problems(...again, completed("q")), clean);
});

Deno.test("checkLog() reports a KeyboardInterrupt of a run that was not cancelled, and outputs after one", () => {
  assert.deepEqual(problems(...run, completed("q"), interrupted("c")), { ...clean, doubled: 2 });
  assert.deepEqual(problems(...run, interrupted("c"), completed("q")), { ...clean, doubled: 1 });
  const half = [...run.slice(0, -1), cancelled("q"), interrupted("c")];
  assert.deepEqual(problems(...half, printed("c", 1, secondLine)), { ...clean, doubled: 1 });
  assert.deepEqual(problems(...half, interrupted("c")), { ...clean, doubled: 1 });
});
