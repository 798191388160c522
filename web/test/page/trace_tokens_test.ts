/**
 * The table of the tokens and costs of a cell's requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { CellTrace, TracedRequest, TracedUsage } from "../../../src/execution/trace/cell_trace.ts";
import { TraceTokens } from "../../page/trace/trace_tokens.tsx";

/** Makes a request that took a second. */
const request = (usage?: TracedUsage): TracedRequest => ({
  why: "cell",
  turns: [],
  messages: 2,
  estimatedTokens: 20,
  attempts: 1,
  retries: [],
  waits: [],
  reply: [],
  replyCharacters: 0,
  ended: "stop",
  usage,
  totalMs: 1_000,
});

/** Returns the rows of the table as texts. */
function rowsOf(requests: TracedRequest[], usage: TracedUsage): string[] {
  const trace: CellTrace = {
    startedAt: "2026-01-02T03:04:05.000Z",
    model: "scripted",
    requests,
    usage: { requests: requests.length, ...usage },
    totalMs: 2_000,
    ended: "success",
  };
  const rows = renderToStaticMarkup(createElement(TraceTokens, { trace })).match(/<tr>.*?<\/tr>/g)!;
  return rows.map((row) => row.replaceAll(/<\/t[hd]>/g, " ").replaceAll(/<[^>]*>/g, "").trim());
}

const some = { input: 10, cachedInput: 0, output: 5 };
const twice = { input: 20, cachedInput: 0, output: 10 };

Deno.test("the table of tokens has a column of costs only if the price is known", () => {
  assert.deepEqual(rowsOf([request(some)], some), [
    "Request In Cached Out Reasoning First token All",
    "1 10 0 5 – – 1.0 s",
  ]);
  assert.deepEqual(rowsOf([request({ ...some, cost: 0.02 })], { ...some, cost: 0.02 }), [
    "Request In Cached Out Reasoning Cost First token All",
    "1 10 0 5 – $0.02 – 1.0 s",
  ]);
});

Deno.test("the table of tokens has a sum, and dashes for counts that the server did not report", () => {
  assert.deepEqual(rowsOf([request({ ...some, cost: 0 }), request()], { ...twice, cost: 0.000_01 }), [
    "Request In Cached Out Reasoning Cost First token All",
    "1 10 0 5 – $0.00 – 1.0 s",
    "2 – – – – – – 1.0 s",
    "Together 20 0 10 – &lt;$0.0001 – 2.0 s",
  ]);
  assert.deepEqual(rowsOf([request()], some).slice(1), ["1 – – – – – 1.0 s", "Together 10 0 5 – – 2.0 s"]);
  assert.deepEqual(rowsOf([], { ...some, input: 0, output: 0 }).slice(1), ["Together 0 0 0 – – 2.0 s"]);
});
