/**
 * A cell whose past is longer than the model or its server accepts.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { type CellRun, resultOutput, runCell, stdoutOutput } from "../support/cell_run.ts";
import { done, finish, result, type Step, text, usage } from "../support/scripted_answer.ts";
import type { PlainResponse, RecordedRequest, Script } from "../support/scripted_model_server.ts";

/** Builds cells that each define a name and print a long line. */
const history = (cells: number): HistoryEntry[] =>
  Array.from({ length: cells }, (_, index) => ({
    executionCount: index + 1,
    code: `name_${index + 1} = ${index + 1}\nprint("${"lorem ipsum ".repeat(50)}")`,
    outputs: [stdoutOutput(`${"lorem ipsum ".repeat(50)}\n`)],
  }));

const sizeOf = ({ body }: RecordedRequest): number => JSON.stringify(body.messages).length;

const six = (counted?: number): Step[] => [
  ...result("6"),
  ...finish("tool_calls"),
  ...(counted === undefined ? [] : usage(counted, 5, 0)),
  ...done(),
];

/** Returns a script that refuses requests of more than `characters` characters. */
const refusing = (characters: number, refusal: PlainResponse) => (request: RecordedRequest): Script =>
  sizeOf(request) > characters ? refusal : six();

/** Returns the text that a cell wrote to stderr. */
const noteOf = ({ outputs }: CellRun): string =>
  outputs.map((output) => output.type === "stream" && output.name === "stderr" ? output.text : "").join("");

const REFUSALS: Record<string, PlainResponse> = {
  "with token counts": {
    status: 400,
    body: {
      error: {
        message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 16000 tokens.",
        code: "context_length_exceeded",
      },
    },
  },
  "by llama.cpp": {
    status: 400,
    body: {
      error: {
        code: 400,
        message: "request (16000 tokens) exceeds the available context size (8192 tokens), try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: 16_000,
        n_ctx: 8_192,
      },
    },
  },
  "by Groq": {
    status: 413,
    body: {
      error: {
        message: "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 16000",
        type: "tokens",
        code: "rate_limit_exceeded",
      },
    },
  },
  "without token counts": { status: 400, body: { error: { message: "Input is too long for requested model." } } },
  "without an error object": {
    status: 400,
    body: { object: "error", message: "The input is longer than the model's context length.", code: 400 },
  },
  "by a proxy": {
    status: 413,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>413 Request Entity Too Large</title></head></html>",
  },
};

for (const [which, refusal] of Object.entries(REFUSALS)) {
  Deno.test(`a request is sent again with a shorter past after a refusal ${which}`, async () => {
    const budget = new ContextBudget();
    const script = refusing(26_000, refusal);
    const first = await runCell(script, { history: history(60), maxHistoryLength: 20, budget });
    assert.deepEqual(first.outputs.filter(({ type }) => type === "execute_result"), [resultOutput("6")]);
    assert.ok(first.requests.length > 1 && first.requests.length <= 5, `${first.requests.length} requests`);
    const last = JSON.stringify(first.conversations.at(-1));
    for (const number of [1, 30, 60]) assert.ok(last.includes(`name_${number}`), `name_${number} is sent`);
    const next = await runCell(script, { history: history(61), maxHistoryLength: 20, budget });
    assert.equal(next.requests.length, 1);
    assert.equal(next.ended.status, "success");
  });
}

Deno.test("a cell that is too long even without a past fails with a ModelError", async () => {
  const { ended, requests } = await runCell(refusing(0, REFUSALS["with token counts"]), { history: history(60) });
  assert.ok(requests.length <= 7, `${requests.length} requests`);
  assert.match(ended.error!, /^ModelError: .*too long for the model "gpt-test"/);
});

Deno.test("a request with a custom system prompt is sent only once when it is too long without a past", async () => {
  const refusal = refusing(0, REFUSALS["without token counts"]);
  const { ended, requests } = await runCell(refusal, { systemPrompt: "Play IPython." });
  assert.deepEqual([requests.length, ended.failure], [1, "too_long"]);
  assert.equal((await runCell(refusal, {})).requests.length, 2);
});

Deno.test("a long system prompt leaves less room for the past", () => {
  const plan = (systemPrompt: string) => new ContextBudget().plan(8_192, systemPrompt).historyTokens;
  assert.ok(plan("Play IPython.") > plan("Play IPython. ".repeat(1_500)));
});

Deno.test("a refusal in sequential mode shortens the past but keeps the calls of the cell", async () => {
  const budget = new ContextBudget();
  const calls = (request: RecordedRequest): Script =>
    sizeOf(request) > 30_000
      ? REFUSALS["without token counts"]
      : request.body.messages.at(-1).role === "user"
      ? [...result("6"), ...finish("tool_calls"), ...done()]
      : [...text("(no output)"), ...finish(), ...done()];
  const { ended, conversations } = await runCell(calls, { history: history(60), toolMode: "sequential", budget });
  assert.equal(ended.status, "success");
  assert.deepEqual(conversations.at(-1)!.slice(-2).map(({ role }) => role), ["assistant", "tool"]);
});

Deno.test("a server that silently truncates requests is reported once and then sent shorter requests", async () => {
  const budget = new ContextBudget();
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const logger = { debug: () => {}, info: log, warn: log, error: log };
  /** Counts at most 3,900 tokens, like a server with a context of 4,096 tokens. */
  const ollama = (request: RecordedRequest): Script => six(Math.min(3_900, Math.round(sizeOf(request) / 4)));
  const options = { maxHistoryLength: 20, budget, logger };
  const first = await runCell(ollama, { history: history(60), ...options });
  assert.match(
    noteOf(first),
    /^\[AIPython\] The model server read 3,900 of about [\d,]+ tokens .*OLLAMA_CONTEXT_LENGTH=16384/,
  );
  const second = await runCell(ollama, { history: history(61), ...options });
  assert.ok(sizeOf(second.requests[0]) < sizeOf(first.requests[0]) / 2);
  assert.ok(sizeOf(second.requests[0]) / 4 < 4_096);
  assert.doesNotMatch(noteOf(second), /model server read/);
  assert.equal(lines.filter((line) => line.includes("silently truncated the request")).length, 1);
});

Deno.test("cells that are no longer sent are reported once in the notebook and once in the log", async () => {
  const budget = new ContextBudget(3_000);
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const logger = { debug: () => {}, info: log, warn: log, error: log };
  const first = await runCell(six(), { history: history(60), budget, logger });
  assert.match(
    noteOf(first),
    /^\[AIPython\] The notebook has become long: of In \[1\] to In \[\d+\] .*--history-tokens/,
  );
  assert.deepEqual(lines, ["the notebook is long: the model receives only a summary of its oldest cells"]);
  const second = await runCell(six(), { history: history(61), budget, logger });
  assert.equal(noteOf(second), "");
  assert.equal(lines.length, 1);
  const note: CellOutput = { type: "stream", name: "stderr", text: noteOf(first) };
  const known = [...history(60), { executionCount: 61, code: "x", outputs: [note] }];
  const restarted = await runCell(six(), { history: known, budget: new ContextBudget(3_000), logger });
  assert.equal(noteOf(restarted), "", "the notebook already contains the note");
});

Deno.test("the short prompt is sent to a model with a small context", async () => {
  const sizes = [];
  for (const contextLength of [undefined, 8_192, 4_096]) {
    const { requests } = await runCell(six(), {}, { contextLength });
    sizes.push(requests[0].body.messages[0].content.length);
  }
  assert.equal(sizes[0], sizes[1]);
  assert.ok(sizes[2] < sizes[0] / 1.8, `${sizes}`);
});
