/**
 * The requests of a session, built as the agent builds them.
 *
 * @module
 */

import type { ConversationPlan } from "../../src/execution/context_budget.ts";
import { buildConversation } from "../../src/execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import type { Message, ToolDefinition } from "../../src/execution/model.ts";
import { planReasoning } from "../../src/execution/prompt/reasoning.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { apiAdapters } from "../../src/model/api_adapter.ts";
import { DEFAULT_FORM, type RequestForm } from "../../src/model/request_form.ts";

export interface SessionOptions extends Partial<ConversationPlan> {
  maxHistoryLength: number;
  includeOutputs: boolean;
  /** The dialect of the requests. Default: the one that is tried first. */
  form?: RequestForm;
}

export interface SessionRequest {
  executionCount: number;
  messages: Message[];
  /** Tools and messages as they are sent, as JSON: the text that a provider caches. */
  text: string;
}

/** Builds the requests of a session as the agent does, each cell with the cells before it as its history. */
export function buildRequests(cells: readonly HistoryEntry[], options: SessionOptions): SessionRequest[] {
  return cells.map(({ code, executionCount, files }, index) => {
    const plan = planReasoning(index % 3 === 0 ? "brief" : "off", () => false);
    const messages = buildConversation({
      ...options,
      history: cells.slice(0, index),
      code,
      executionCount,
      files,
      plan,
    });
    return { executionCount, messages, text: requestText(messages, TOOLS, options.form) };
  });
}

/** Formats tools and messages as they are sent, as JSON. */
export function requestText(
  messages: Message[],
  tools: readonly ToolDefinition[],
  form: RequestForm = DEFAULT_FORM,
): string {
  const { signal } = new AbortController();
  const body = apiAdapters[form.api].toBody("gpt-4o-mini", { messages, tools: [...tools], signal }, form);
  return JSON.stringify(promptOf(body));
}

function promptOf(body: { tools?: unknown; messages?: unknown; input?: unknown }): unknown[] {
  return [body.tools, body.messages ?? body.input];
}
