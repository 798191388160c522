/**
 * The options for the answers to cells.
 *
 * @module
 */

import { DEFAULT_FILE_CHARACTERS } from "../files/describe_file.ts";
import { toolModes } from "../execution/reply/tool_mode.ts";
import { reasoningModes } from "../execution/prompt/reasoning.ts";
import { count, oneOf, positiveCount, truthValue } from "./option_kind.ts";
import type { OptionTable } from "./option_entry.ts";

export const cellOptions = {
  maxHistoryLength: {
    flag: "max-history-length",
    placeholder: "N",
    label: "history length",
    environment: ["AIPYTHON_MAX_HISTORY_LENGTH"],
    kind: count,
    fallback: { kind: "value", value: 20 },
    help: "How many earlier cells are sent with outputs; 0 sends none.",
  },
  historyTokens: {
    flag: "history-tokens",
    placeholder: "N",
    label: "history budget",
    environment: ["AIPYTHON_HISTORY_TOKENS"],
    kind: count,
    help:
      "Tokens that the earlier cells may take in a request (default: half of the context if it is known, else 24,000).",
  },
  contextLength: {
    flag: "context-length",
    placeholder: "N",
    label: "context length",
    environment: ["AIPYTHON_CONTEXT_LENGTH"],
    kind: positiveCount,
    help: "Tokens that the model reads, answer included (default: what its server reports).",
  },
  includeOutputs: {
    flag: "include-outputs",
    label: "include outputs",
    environment: ["AIPYTHON_INCLUDE_OUTPUTS"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help: "Whether earlier cells are sent with their outputs.",
  },
  reasoning: {
    flag: "reasoning",
    placeholder: "MODE",
    label: "reasoning mode",
    environment: ["AIPYTHON_REASONING"],
    kind: oneOf(reasoningModes),
    fallback: { kind: "value", value: "auto" },
    help: `How much to work out before the answer: ${reasoningModes.join("|")}.`,
  },
  toolMode: {
    flag: "tool-mode",
    placeholder: "MODE",
    label: "tool mode",
    environment: ["AIPYTHON_TOOL_MODE"],
    kind: oneOf(toolModes),
    fallback: { kind: "value", value: "auto" },
    help: "sequential: for models that make one call per reply; text: for models without tools.",
  },
  maxOutputPerCell: {
    flag: "max-output-per-cell",
    placeholder: "N",
    label: "output limit",
    environment: ["AIPYTHON_MAX_OUTPUT_PER_CELL"],
    kind: count,
    fallback: { kind: "value", value: 1_000_000 },
    help: "Maximum number of characters that a cell may show; 0 means no limit.",
  },
  maxFileCharacters: {
    flag: "max-file-characters",
    placeholder: "N",
    label: "file limit",
    environment: ["AIPYTHON_MAX_FILE_CHARACTERS"],
    kind: count,
    fallback: { kind: "value", value: DEFAULT_FILE_CHARACTERS },
    help: "Maximum number of characters to send of a file that a cell names; with 0 only its name is sent.",
  },
} satisfies Partial<OptionTable>;
