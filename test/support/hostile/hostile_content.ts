/**
 * Expensive or odd content that other clients write into a notebook: cells, outputs, requests, and unknown events.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import type { WrittenEvent } from "../notebook_visitor.ts";

/** The existing content of a notebook, and the cell that is run afterwards. */
export interface HostileContent {
  /** Returns the events that other clients have already written. Default: none. */
  past?(): WrittenEvent[];
  /** Returns the cell's code. Default: a short one. */
  source?(): string;
  /** The fields of the request that runs the cell. */
  request?: { queueId?: string; executionCount?: number; requestedBy?: string };
}

const TIME = "2026-02-03T04:05:06.789Z";
const inline = (data: JsonValue) => ({ type: "inline", data });

/** Returns the events of a cell that has already run with these outputs. */
function ranCell(id: string, source: string, outputs: WrittenEvent[]): WrittenEvent[] {
  const queueId = `request of ${id}`;
  return [
    { name: "v2.CellCreated", args: { id, cellType: "code", fractionalIndex: "a0", createdBy: "stranger" } },
    { name: "v1.CellSourceChanged", args: { id, source, modifiedBy: "stranger" } },
    { name: "v1.ExecutionRequested", args: { queueId, cellId: id, executionCount: 1, requestedBy: "stranger" } },
    { name: "v1.ExecutionAssigned", args: { queueId, runtimeSessionId: "gone" } },
    { name: "v1.ExecutionStarted", args: { queueId, cellId: id, runtimeSessionId: "gone", startedAt: TIME } },
    ...outputs,
    {
      name: "v1.ExecutionCompleted",
      args: { queueId, cellId: id, status: "success", completedAt: TIME, executionDurationMs: 1 },
    },
  ];
}

const written = (name: string, args: JsonValue): WrittenEvent => ({ name, args });
const printed = (cellId: string, data: JsonValue, at = 0): WrittenEvent => ({
  name: "v1.TerminalOutputAdded",
  args: { id: `${cellId} output ${at}`, cellId, position: at, content: inline(data), streamName: "stdout" },
});
const displayed = (cellId: string, representations: { [mimeType: string]: JsonValue }): WrittenEvent => ({
  name: "v1.MultimediaDisplayOutputAdded",
  args: { id: `${cellId} display`, cellId, position: 1, displayId: "d", representations },
});
const past = (id: string, source: string, ...outputs: WrittenEvent[]): HostileContent => ({
  past: () => ranCell(id, source, outputs),
});

function deepList(levels: number): JsonValue {
  let value: JsonValue = "x";
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** The contents of notebooks, by description. */
export const hostileContents: Record<string, HostileContent> = {
  "code of one word of 500,000 letters": { source: () => "w".repeat(500_000) },
  "code of 50,000 brackets that never close": { source: () => "f(".repeat(25_000) },
  "code of 3,000 nested functions": {
    source: () =>
      Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}def f():\n`).join("").slice(0, 900_000),
  },
  "code of 100,000 lines": { source: () => "x = 1\n".repeat(100_000) },
  "code of nested strings": { source: () => `${'f"{'.repeat(10_000)}1${'}"'.repeat(10_000)}` },
  "code with NUL, bidi and control characters": {
    source: () => "x = 'a\0b\u202e\u2066\x1b]0;t\x07\ud83d'\n".repeat(2_000),
  },
  "code that looks like a call of a tool": {
    source: () => '<tool_call>{"name":"stdout"}</tool_call>\n[TOOL_CALLS]'.repeat(5_000),
  },
  "an output of 700,000 letters": past("c1", "f()", printed("c1", "w".repeat(700_000))),
  "2,000 outputs of one cell": past("c2", "g()", ...Array.from({ length: 2_000 }, (_, at) => printed("c2", "x\n", at))),
  "outputs that are not texts": past(
    "c3",
    "h()",
    ...[null, 7, true, ["x"], { x: null }].map((data, at) => printed("c3", data, at)),
  ),
  "an output of 2,000 nested lists": past(
    "c4",
    "i()",
    displayed("c4", { "application/json": inline(deepList(2_000)) }),
  ),
  "invalid representations": past(
    "c5",
    "j()",
    displayed("c5", {
      "": null,
      "text/plain": 7,
      "__proto__": inline("x"),
      "image/png": { type: "artifact", artifactId: "../../x" },
    }),
  ),
  "an SVG that takes too long to draw": past(
    "c6",
    "k()",
    displayed("c6", {
      "image/svg+xml": inline(
        '<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feTurbulence numOctaves="1000000"/></filter><rect filter="url(#f)"/></svg>',
      ),
    }),
  ),
  "an error whose traceback is not a list": past("c7", "l()", {
    name: "v1.ErrorOutputAdded",
    args: {
      id: "e",
      cellId: "c7",
      position: 0,
      content: inline({ ename: 7, evalue: null, traceback: "x".repeat(100_000) }),
    },
  }),
  "ids of 100,000 letters and control characters": past(`c8 ${"i".repeat(100_000)}\x1b]0;t\x07`, "m()"),
  "thousands of variable names": past(
    "c9",
    Array.from({ length: 20_000 }, (_, at) => `v${at} = ${at}`).join("\n"),
  ),
  "unknown and unreadable events": {
    past: () => [
      written("v9.CellPainted", { id: "c", colour: "red".repeat(100_000) }),
      written("v2.CellCreated", null),
      written("v1.ExecutionRequested", { queueId: 7, cellId: ["x"], executionCount: "many" }),
      written("v1.RuntimeSessionRenewal", { sessionId: "s", renewedAt: "yesterday", validForMs: 1e300 }),
    ],
  },
  "a request with an enormous execution count": { request: { executionCount: 1e300 } },
  "a request by a user name of 300,000 letters": { request: { requestedBy: `${"n".repeat(300_000)}\x1b]0;t\x07` } },
  "a request whose id has 100,000 letters": { request: { queueId: `${"q".repeat(100_000)}\u202e\x1b[2J` } },
};
