/**
 * The table of options: the source of all flags, environment variables, defaults and help texts.
 *
 * @module
 */

import { headerLines } from "./header_lines.ts";
import { modelAddress } from "./model_address.ts";
import { toolModes } from "../execution/reply/tool_mode.ts";
import { reasoningModes } from "../execution/prompt/reasoning.ts";
import {
  address,
  count,
  headerText,
  identifier,
  identifierList,
  namedIdentifier,
  oneOf,
  positiveCount,
  seconds,
  text,
  textList,
  truthValue,
} from "./option_kind.ts";
import { isLocalAddress } from "./local_address.ts";
import type { Fallback, FlagEntry, OptionTable } from "./option_entry.ts";
import { type AnySettings, apiSettings, logFormats, logLevels } from "./settings.ts";

const required = { kind: "required" } as const;

/** The option that names notebooks: one in the library, one or more in the command. */
const notebook = {
  flag: "notebook",
  placeholder: "ID",
  label: "notebook id",
  environment: ["NOTEBOOK_ID"],
  fallback: required,
};

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

/** Every option that becomes a setting, in the order of help and of error messages. */
export const optionTable: OptionTable = {
  notebookId: { ...notebook, kind: identifier, help: "The notebook to attach to." },
  notebookIds: {
    ...notebook,
    kind: identifierList,
    help: "The notebook to attach to. For several give it again, or put commas between the ids.",
  },
  authToken: {
    flag: "auth-token",
    placeholder: "TOKEN",
    label: "auth token",
    environment: ["AUTH_TOKEN", "RUNT_API_KEY"],
    kind: headerText,
    secret: true,
    fallback: required,
    help: "The token that the notebook's server asks for. Prefer the environment: `ps` shows flags to everybody.",
  },
  apiKey: {
    flag: "api-key",
    placeholder: "KEY",
    label: "API key",
    environment: ["OPENAI_API_KEY"],
    kind: headerText,
    secret: true,
    help: "The API key of OpenAI, or of the server at --base-url if it wants one. Prefer the environment, as above.",
  },
  model: {
    flag: "model",
    placeholder: "NAME",
    label: "model",
    environment: ["AIPYTHON_MODEL"],
    kind: text,
    fallback: { kind: "value", value: "gpt-4o-mini" },
    help: "The model that plays IPython.",
  },
  syncUrl: {
    flag: "sync-url",
    placeholder: "URL",
    label: "sync URL",
    environment: ["LIVESTORE_SYNC_URL"],
    kind: address("ws", "wss"),
    fallback: { kind: "value", value: "wss://app.runt.run/livestore" },
    help: "The notebook's LiveStore server (ws:// or wss://).",
  },
  baseUrl: {
    flag: "base-url",
    placeholder: "URL",
    label: "base URL",
    environment: ["OPENAI_BASE_URL"],
    kind: modelAddress,
    fallback: { kind: "value", value: "https://api.openai.com/v1" },
    help: "The API of any OpenAI-compatible server.",
  },
  headers: {
    flag: "header",
    placeholder: "HEADER",
    label: "HTTP headers",
    environment: ["AIPYTHON_HEADERS"],
    kind: headerLines,
    secret: true,
    help:
      "An HTTP header that the model server's gateway wants, 'Name: value'. For several give it again; the variable " +
      "has one a line.",
  },
  api: {
    flag: "api",
    placeholder: "NAME",
    label: "interface",
    environment: ["AIPYTHON_API"],
    kind: oneOf(apiSettings),
    fallback: { kind: "value", value: "auto" },
    help: "OpenAI's interface: responses, chat, or auto, the one that the server takes.",
  },
  insecure: {
    flag: "insecure",
    label: "leave for plain addresses",
    environment: ["AIPYTHON_INSECURE"],
    kind: truthValue,
    fallback: { kind: "value", value: false },
    help: "Whether ws:// and http:// may lead beyond this machine, secrets readable on the way.",
  },
  organization: {
    flag: "organization",
    placeholder: "ID",
    label: "organization",
    environment: ["OPENAI_ORGANIZATION"],
    kind: headerText,
    help: "The OpenAI organization that pays.",
  },
  project: {
    flag: "project",
    placeholder: "ID",
    label: "project",
    environment: ["OPENAI_PROJECT"],
    kind: headerText,
    help: "The OpenAI project that pays.",
  },
  runtimeId: {
    flag: "runtime-id",
    placeholder: "ID",
    label: "runtime id",
    environment: ["RUNTIME_ID"],
    kind: namedIdentifier,
    fallback: { kind: "made", make: (randomId) => `aipython-${randomId()}`, shown: "made at start" },
    help: "This runtime's id in the notebook; not a number.",
  },
  maxHistoryLength: {
    flag: "max-history-length",
    placeholder: "N",
    label: "history length",
    environment: ["AIPYTHON_MAX_HISTORY_LENGTH"],
    kind: count,
    fallback: { kind: "value", value: 20 },
    help: "How many earlier cells are sent with outputs; 0 is no past.",
  },
  historyTokens: {
    flag: "history-tokens",
    placeholder: "N",
    label: "history budget",
    environment: ["AIPYTHON_HISTORY_TOKENS"],
    kind: count,
    help: "Tokens that the earlier cells may take (default: half of the context if it is known, else 24,000).",
  },
  contextLength: {
    flag: "context-length",
    placeholder: "N",
    label: "context length",
    environment: ["AIPYTHON_CONTEXT_LENGTH"],
    kind: positiveCount,
    help: "Tokens that the model reads, answer included (default: what its server tells).",
  },
  includeOutputs: {
    flag: "include-outputs",
    label: "choice of outputs",
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
    help: `What to work out first: ${reasoningModes.join("|")}.`,
  },
  toolMode: {
    flag: "tool-mode",
    placeholder: "MODE",
    label: "tool mode",
    environment: ["AIPYTHON_TOOL_MODE"],
    kind: oneOf(toolModes),
    fallback: { kind: "value", value: "auto" },
    help: "sequential: for models that make one call a reply; text: for models without tools.",
  },
  maxOutputPerCell: {
    flag: "max-output-per-cell",
    placeholder: "N",
    label: "output limit",
    environment: ["AIPYTHON_MAX_OUTPUT_PER_CELL"],
    kind: count,
    fallback: { kind: "value", value: 1_000_000 },
    help: "Characters that a cell may show, at most; 0 is no limit.",
  },
  maxTokensPerSession: {
    flag: "max-tokens-per-session",
    placeholder: "N",
    label: "token limit",
    environment: ["AIPYTHON_MAX_TOKENS_PER_SESSION"],
    kind: count,
    fallback: { kind: "value", value: 0 },
    help: "Tokens to spend on a notebook, at most; 0 is no limit.",
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
    help: `How to log: ${logFormats.join("|")}, to stderr.`,
  },
};

/** The settings that only the command has. */
export const commandOnly: ReadonlySet<keyof AnySettings> = new Set([
  "notebookIds",
  "maxConcurrentRequests",
  "logLevel",
  "logFormat",
]);

/** The settings that only the library has. */
export const libraryOnly: ReadonlySet<keyof AnySettings> = new Set(["notebookId"]);

/** The flags that are not settings. */
export const commandFlags = {
  envFile: {
    flag: "env-file",
    placeholder: "PATH",
    help: "A file of NAME=value lines, read where the environment is silent (default: .env, if there is one).",
  },
  version: { flag: "version", short: "V", help: "Print the version and leave." },
  help: { flag: "help", short: "h", help: "Print this and leave." },
} as const satisfies Record<string, FlagEntry>;
