/**
 * How much of each model request is a prefix that the request before also had: what a provider's prompt cache can answer for.
 *
 * @module
 */

import { planReasoning } from "../../src/execution/prompt/reasoning.ts";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { apiAdapters } from "../../src/model/api_adapter.ts";
import { DEFAULT_FORM, type RequestForm } from "../../src/model/request_form.ts";

/** One request of a session. */
export interface PrefixShare {
  /** The cell that it is for. */
  executionCount: number;
  /** How long it is, in characters: tools and messages as they are sent. */
  characters: number;
  /** How many of them the request before began with as well. */
  shared: number;
}

/** How a session's requests are built. */
export interface SessionOptions {
  maxHistoryLength: number;
  includeOutputs: boolean;
  /** How requests are written. Default: the form that is tried first. */
  form?: RequestForm;
}

/** Goes through a session as the agent would, each cell with those before it as its past. */
export function prefixShares(cells: readonly HistoryEntry[], options: SessionOptions): PrefixShare[] {
  const { signal } = new AbortController();
  const { form = DEFAULT_FORM } = options;
  const texts = cells.map(({ code, executionCount }, index) => {
    const plan = planReasoning(index % 3 === 0 ? "brief" : "off", () => false);
    const messages = buildConversation({ ...options, history: cells.slice(0, index), code, executionCount, plan });
    const body = apiAdapters[form.api].toBody("gpt-4o-mini", { messages, tools: [...TOOLS], signal }, form);
    return JSON.stringify(promptOf(body));
  });
  return sharesOf(texts).map((share, index) => ({ ...share, executionCount: cells[index].executionCount }));
}

/** What of a body a provider's cache is asked for: the tools, and the conversation. */
function promptOf(body: { tools?: unknown; messages?: unknown; input?: unknown }): unknown[] {
  return [body.tools, body.messages ?? body.input];
}

/** How much each text begins as the one before it did. */
export function sharesOf(texts: readonly string[]): Pick<PrefixShare, "characters" | "shared">[] {
  return texts.map((text, index) => ({
    characters: text.length,
    shared: commonPrefix(texts[index - 1] ?? "", text),
  }));
}

/** The share of all requests after the first, from 0 to 1. */
export function overallShare(shares: readonly Pick<PrefixShare, "characters" | "shared">[]): number {
  const later = shares.slice(1);
  const sum = (field: "characters" | "shared") => later.reduce((total, share) => total + share[field], 0);
  return sum("shared") / sum("characters");
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
