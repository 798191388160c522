/**
 * A conversation that shows what of it a chat template lets a model see.
 *
 * @module
 */

import { callId } from "../../execution/prompt/call_id.ts";
import { buildConversation } from "../../execution/prompt/conversation.ts";
import type { HistoryEntry } from "../../execution/history_entry.ts";
import type { ModelRequest, ToolDefinition } from "../../execution/model.ts";
import { TOOLS } from "../../execution/reply/tools.ts";

/** A request, and what must stand in the prompt that is made from it. */
export interface Probe {
  /** The request. */
  request: ModelRequest;
  /** Words of the code and the outputs, each of which stands nowhere else in the request. */
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

/** The cell at hand, and its count. */
const CODE = "print(nargolant)";
const EXECUTION_COUNT = 4;

/** A word for each tool. */
const TOOL_WORDS = ["abrintal", "belquorn", "cromedax", "dulvatic", "esperlon"];

/** A word of the system prompt, which some templates leave out where the last turn is a tool's. */
const SYSTEM_WORD = "frolantic";

/**
 * Makes the probes: a request for a cell as it is sent first, and as it is sent when the cell has made a call and may go on.
 *
 * @param signal aborts the requests
 */
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
