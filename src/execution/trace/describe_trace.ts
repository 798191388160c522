/**
 * Describes the record of a cell in words, for terminals and pages.
 *
 * @module
 */

import { formatDollars } from "../price.ts";
import type { AskedWhy, CellTrace, TracedRequest, TracedUsage } from "./cell_trace.ts";

const whys: Record<AskedWhy, string> = {
  cell: "Asked",
  too_long: "Asked again with less of the past: the request was too long",
  cut: "Asked again: the reply was cut off by the length limit",
  broken: "Asked again: the reply could not be read completely",
  prose: "Asked again: the reply was prose",
  empty: "Asked again: the reply outputs nothing",
  invalid: "Asked again: a call was invalid",
  next: "Asked for the next call",
  input: "Sent the typed input",
};

const ends: Record<TracedRequest["ended"], string> = {
  stop: "complete",
  tool_calls: "complete",
  length: "cut off by the length limit",
  content_filter: "stopped by the content filter",
  stopped: "the rest was not needed",
  interrupted: "interrupted",
  failed: "failed",
};

const cellEnds: Record<CellTrace["ended"], string> = {
  success: "succeeded",
  error: "ended with an error",
  interrupted: "was interrupted",
  failed: "was lost: its outputs could not be delivered",
};

export function describeWhy({ why }: Pick<TracedRequest, "why">): string {
  return whys[why] ?? why;
}

export function describeReplyEnd({ ended }: Pick<TracedRequest, "ended">): string {
  return ends[ended] ?? ended;
}

/** Names the cell: `In [3]`, `AI cell`. */
export function describeCell({ executionCount }: Pick<CellTrace, "executionCount">): string {
  return executionCount === undefined ? "AI cell" : `In [${executionCount}]`;
}

/** Describes how the cell ended. The text follows the cell's name. */
export function describeCellEnd({ ended }: Pick<CellTrace, "ended">): string {
  return cellEnds[ended] ?? ended;
}

/** Describes the form of a request: the interface, the form of calls, and the differences from the usual form. */
export function describeShape({ api, calls, form, effort }: TracedRequest): string {
  if (api === undefined) return "never sent";
  const shape = [api === "responses" ? "Responses" : "chat completions"];
  if (calls !== undefined) shape.push(calls === "text" ? "calls as text" : "tool calls");
  if (effort !== undefined) shape.push(`reasoning effort ${effort}`);
  // These parts are already described.
  const rest = (form ?? "").split(" ").filter((part) =>
    part !== "" && part !== "calls=text" && !part.startsWith("api=")
  );
  return [...shape, ...rest].join(", ");
}

/** Formats tokens on one line, with their cost if it is known: `2,358 tokens in (2,048 cached), 70 out (30 reasoning), $0.0042`. */
export function describeTokens({ input, cachedInput, output, reasoning, cost }: TracedUsage): string {
  const cached = cachedInput > 0 ? ` (${format(cachedInput)} cached)` : "";
  const thought = reasoning === undefined ? "" : ` (${format(reasoning)} reasoning)`;
  const price = cost === undefined ? "" : `, ${formatDollars(cost)}`;
  return `${format(input)} tokens in${cached}, ${format(output)} out${thought}${price}`;
}

/** Formats a duration in seconds: `0.43 s`, `12.4 s`. */
export function describeDuration(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 1_000 ? 2 : 1)} s`;
}

function format(number: number): string {
  return number.toLocaleString("en-US");
}
