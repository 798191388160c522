/**
 * The options for limits, timeouts and logs.
 *
 * @module
 */

import { isLocalAddress } from "./local_address.ts";
import { count, dollars, oneOf, seconds, textList, truthValue } from "./option_kind.ts";
import type { Fallback, OptionTable } from "./option_entry.ts";
import { priceKind } from "./price_kind.ts";
import { logFormats, logLevels } from "./settings.ts";

/**
 * Makes a default for the longest silence of a model, in seconds. A local model may need minutes to load from a disk, read a prompt at
 * 20 tokens per second, and hold back a call until it is complete. A hosted model that is silent for a minute has failed.
 */
function silenceLimit(hosted: number, local: number): Fallback<number> {
  return {
    kind: "made",
    make: (_, { baseUrl }) => baseUrl !== undefined && isLocalAddress(baseUrl) ? local : hosted,
    shown: `${hosted}, and ${local} for a model on this machine or in its network`,
  };
}

export const limitOptions = {
  maxTokensPerSession: {
    flag: "max-tokens-per-session",
    placeholder: "N",
    label: "token limit",
    environment: ["AIPYTHON_MAX_TOKENS_PER_SESSION"],
    kind: count,
    fallback: { kind: "value", value: 0 },
    help: "Maximum number of tokens to spend on a notebook; 0 means no limit.",
  },
  price: {
    flag: "price",
    placeholder: "IN,CACHED,OUT",
    label: "price",
    environment: ["AIPYTHON_PRICE"],
    kind: priceKind,
    help: "The price of a million tokens, in dollars (default: known for a few models at OpenAI).",
  },
  maxCostPerSession: {
    flag: "max-cost-per-session",
    placeholder: "DOLLARS",
    label: "cost limit",
    environment: ["AIPYTHON_MAX_COST_PER_SESSION"],
    kind: dollars,
    fallback: { kind: "value", value: 0 },
    help: "Maximum number of dollars to spend on a notebook; 0 means no limit.",
  },
  maxCellsPerMinute: {
    flag: "max-cells-per-minute",
    placeholder: "N",
    label: "cell limit",
    environment: ["AIPYTHON_MAX_CELLS_PER_MINUTE"],
    kind: count,
    fallback: { kind: "value", value: 0 },
    help: "Maximum number of cells to run per minute in a notebook; 0 means no limit.",
  },
  allowUsers: {
    flag: "allow-user",
    placeholder: "IDS",
    label: "list of users",
    environment: ["AIPYTHON_ALLOW_USERS"],
    kind: textList,
    fallback: { kind: "made", make: () => [], shown: "everyone" },
    help: "The users whose cells are run: user ids, separated by commas.",
  },
  stopOnError: {
    flag: "stop-on-error",
    label: "stop on error",
    environment: ["AIPYTHON_STOP_ON_ERROR"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help: "Whether Run All stops at the first cell that fails or is interrupted.",
  },
  aiCells: {
    flag: "ai-cells",
    label: "AI cells",
    environment: ["AIPYTHON_AI_CELLS"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help: "Whether the model also answers the notebook's AI cells.",
  },
  maxConcurrentRequests: {
    flag: "max-concurrent-requests",
    placeholder: "N",
    label: "request limit",
    environment: ["AIPYTHON_MAX_CONCURRENT_REQUESTS"],
    kind: count,
    fallback: { kind: "value", value: 64 },
    help: "Maximum number of model requests in flight at a time, over all notebooks; others wait. 0 means no limit.",
  },
  connectTimeout: {
    flag: "connect-timeout",
    placeholder: "SECONDS",
    label: "connect timeout",
    environment: ["AIPYTHON_CONNECT_TIMEOUT"],
    kind: seconds,
    fallback: { kind: "value", value: 30 },
    help: "How long to wait for the notebook's server at start.",
  },
  firstByteTimeout: {
    flag: "first-byte-timeout",
    placeholder: "SECONDS",
    label: "first byte timeout",
    environment: ["AIPYTHON_FIRST_BYTE_TIMEOUT"],
    kind: seconds,
    fallback: silenceLimit(60, 600),
    help: "The longest silence of the model before its answer begins.",
  },
  stallTimeout: {
    flag: "stall-timeout",
    placeholder: "SECONDS",
    label: "stall timeout",
    environment: ["AIPYTHON_STALL_TIMEOUT"],
    kind: seconds,
    fallback: silenceLimit(30, 120),
    help: "The longest silence of the model in the middle of its answer.",
  },
  logLevel: {
    flag: "log-level",
    placeholder: "LEVEL",
    label: "log level",
    environment: ["AIPYTHON_LOG_LEVEL"],
    kind: oneOf(logLevels),
    fallback: { kind: "value", value: "info" },
    help: `What to log: ${logLevels.join("|")}.`,
  },
  logFormat: {
    flag: "log-format",
    placeholder: "FORMAT",
    label: "log format",
    environment: ["AIPYTHON_LOG_FORMAT"],
    kind: oneOf(logFormats),
    fallback: { kind: "value", value: "text" },
    help: `The format of stderr: ${logFormats.join("|")}. With json each line is an object, errors too.`,
  },
} satisfies Partial<OptionTable>;
