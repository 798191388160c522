/**
 * The options that limit what is spent and waited for, and those of the log.
 *
 * @module
 */

import { isLocalAddress } from "./local_address.ts";
import { count, dollars, oneOf, seconds, textList, truthValue } from "./option_kind.ts";
import type { Fallback, OptionTable } from "./option_entry.ts";
import { priceKind } from "./price_kind.ts";
import { logFormats, logLevels } from "./settings.ts";

/**
 * How long a silent model is waited for, in seconds. One that is near may load from a disk for minutes, read a prompt at 20 tokens a
 * second without a word, and keep a call back until it is whole; a hosted one that is silent for a minute has failed.
 */
function patience(hosted: number, near: number): Fallback<number> {
  return {
    kind: "made",
    make: (_, { baseUrl }) => baseUrl !== undefined && isLocalAddress(baseUrl) ? near : hosted,
    shown: `${hosted}, and ${near} for a model on this machine or in its network`,
  };
}

/** Limits, waits and logs. */
export const limitOptions = {
  maxTokensPerSession: {
    flag: "max-tokens-per-session",
    placeholder: "N",
    label: "token limit",
    environment: ["AIPYTHON_MAX_TOKENS_PER_SESSION"],
    kind: count,
    fallback: { kind: "value", value: 0 },
    help: "Tokens to spend on a notebook, at most; 0 is no limit.",
  },
  price: {
    flag: "price",
    placeholder: "IN,CACHED,OUT",
    label: "price",
    environment: ["AIPYTHON_PRICE"],
    kind: priceKind,
    help: "What a million tokens cost, in dollars (default: known for a few models at OpenAI).",
  },
  maxCostPerSession: {
    flag: "max-cost-per-session",
    placeholder: "DOLLARS",
    label: "cost limit",
    environment: ["AIPYTHON_MAX_COST_PER_SESSION"],
    kind: dollars,
    fallback: { kind: "value", value: 0 },
    help: "Dollars to spend on a notebook, at most; 0 is no limit.",
  },
  maxCellsPerMinute: {
    flag: "max-cells-per-minute",
    placeholder: "N",
    label: "cell limit",
    environment: ["AIPYTHON_MAX_CELLS_PER_MINUTE"],
    kind: count,
    fallback: { kind: "value", value: 0 },
    help: "Cells to begin in a minute in a notebook, at most; 0 is no limit.",
  },
  allowUsers: {
    flag: "allow-user",
    placeholder: "IDS",
    label: "list of users",
    environment: ["AIPYTHON_ALLOW_USERS"],
    kind: textList,
    fallback: { kind: "made", make: () => [], shown: "everybody" },
    help: "Whose cells to run: user ids, with commas between.",
  },
  stopOnError: {
    flag: "stop-on-error",
    label: "choice of stopping",
    environment: ["AIPYTHON_STOP_ON_ERROR"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help: "Whether Run All stops at the first cell that raises or is interrupted.",
  },
  aiCells: {
    flag: "ai-cells",
    label: "choice of AI cells",
    environment: ["AIPYTHON_AI_CELLS"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help: "Whether the model answers the notebook's AI cells, too.",
  },
  maxConcurrentRequests: {
    flag: "max-concurrent-requests",
    placeholder: "N",
    label: "request limit",
    environment: ["AIPYTHON_MAX_CONCURRENT_REQUESTS"],
    kind: count,
    fallback: { kind: "value", value: 64 },
    help: "Model requests under way at once over all notebooks, at most; more wait in line. 0 is no limit.",
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
    fallback: patience(60, 600),
    help: "How long the model may be silent before its answer.",
  },
  stallTimeout: {
    flag: "stall-timeout",
    placeholder: "SECONDS",
    label: "stall timeout",
    environment: ["AIPYTHON_STALL_TIMEOUT"],
    kind: seconds,
    fallback: patience(30, 120),
    help: "How long the model may be silent in the middle of it.",
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
    help: `The form of stderr: ${logFormats.join("|")}. With json each line is an object, errors too.`,
  },
} satisfies Partial<OptionTable>;
