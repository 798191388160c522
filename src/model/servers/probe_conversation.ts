/**
 * A conversation that shows which of its parts a chat template renders.
 *
 * @module
 */

import { callId } from "../../execution/prompt/call_id.ts";
import { buildConversation } from "../../execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../execution/history_entry.ts";
import type { ModelRequest, ToolDefinition } from "../../execution/model.ts";
import { TOOLS } from "../../execution/reply/tools.ts";

/** A request, and the words that its prompt has to contain. */
export interface Probe {
  request: ModelRequest;
  /** Words of the code, the outputs and the system prompt, which occur nowhere else in the request. */
  words: readonly string[];
  /** Words that only the descriptions of the tools contain. */
  toolWords: readonly string[];
}

/** Two cells with two outputs each, the second of which ends in an exception, and one without any. */
const HISTORY: readonly HistoryEntry[] = [
  {
    executionCount: 1,
    code: "print(zorbalin)\nkestrand",
    outputs: [
      { type: "stream", name: "stdout", text: "quillomar\n" },
      { type: "execute_result", data: { "text/plain": "trevastin" }, metadata: {} },
    ],
  },
  { executionCount: 2, code: "wemblock = 1", outputs: [] },
  {
    executionCount: 3,
    code: "harviken()",
    outputs: [
      { type: "stream", name: "stderr", text: "molfrenic\n" },
      {
        type: "error",
        ename: "PolvikanError",
        evalue: "dastorel",
        traceback: ["gurbanol", "PolvikanError: dastorel"],
      },
    ],
  },
];

const HISTORY_WORDS = [
  "zorbalin",
  "kestrand",
  "quillomar",
  "trevastin",
  "wemblock",
  "harviken",
  "molfrenic",
  "PolvikanError",
  "dastorel",
  "gurbanol",
];

/** The current cell and its execution count. */
const CODE = "print(nargolant)";
const EXECUTION_COUNT = 4;

/** A word for each tool. */
const TOOL_WORDS = ["abrintal", "belquorn", "cromedax", "dulvatic", "esperlon"];

/** A word of the system prompt, which some templates leave out if the last turn is a tool's answer. */
const SYSTEM_WORD = "frolantic";

/** Makes two probes: the first request of a cell, and the request after the cell's first call. */
export function makeProbes(signal: AbortSignal): Probe[] {
  const [system, ...turns] = buildConversation({ history: HISTORY, code: CODE, executionCount: EXECUTION_COUNT });
  const marked = { role: "system" as const, content: `${system.content}\n${SYSTEM_WORD}` };
  const tools = TOOLS.map((tool, index): ToolDefinition => ({
    ...tool,
    description: `${TOOL_WORDS[index]}: ${tool.description}`,
  }));
  const first: Probe = {
    request: { messages: [marked, ...turns], tools, signal },
    words: [...HISTORY_WORDS, "nargolant", SYSTEM_WORD],
    toolWords: TOOL_WORDS,
  };
  const id = callId(EXECUTION_COUNT, 0);
  const next: Probe = {
    ...first,
    request: {
      ...first.request,
      messages: [
        ...first.request.messages,
        {
          role: "assistant",
          content: "ivorbeth",
          toolCalls: [{ id, name: "stdout", arguments: '{"text":"yarbleton\\n"}' }],
        },
        { role: "tool", toolCallId: id, content: "ok; bresquith" },
      ],
    },
    words: [...first.words, "yarbleton", "bresquith"],
  };
  return [first, next];
}
