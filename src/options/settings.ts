/**
 * The settings of the agent and of its command: the options that a caller may pass, and the complete settings.
 *
 * @module
 */

import type { CellSettings } from "../execution/cell_settings.ts";
import type { Model } from "../execution/model.ts";
import type { CellTrace } from "../execution/trace/cell_trace.ts";
import type { Price } from "../execution/price.ts";
import type { UsageEvent } from "../execution/usage_meter.ts";
import type { Logger } from "../logger.ts";
import type { AgentStatus } from "./agent_status.ts";
import type { RequestLimiter } from "../async/request_limiter.ts";

/**
 * Which of OpenAI's interfaces is used: Responses, chat completions, or `auto`, the one that the server accepts.
 *
 * ```ts
 * import { type ApiSetting, createModel } from "@runt/aipython-runtime-agent";
 *
 * const api: ApiSetting = "chat";
 * const model = await createModel({ api });
 * console.log(model.name);
 * ```
 */
export type ApiSetting = "auto" | "responses" | "chat";

export const apiSettings: readonly ApiSetting[] = ["auto", "responses", "chat"];

/**
 * HTTP headers: values by name.
 *
 * ```ts
 * import { createModel, type HttpHeaders } from "@runt/aipython-runtime-agent";
 *
 * const headers: HttpHeaders = { "X-Gateway-Team": "physics" };
 * const model = await createModel({ headers });
 * console.log(model.name);
 * ```
 */
export type HttpHeaders = Readonly<Record<string, string>>;

/**
 * The agent's complete settings.
 *
 * ```ts
 * import { AIPythonAgent, type AIPythonSettings } from "@runt/aipython-runtime-agent";
 *
 * function describe({ notebookId, model, baseUrl }: Readonly<AIPythonSettings>): string {
 *   return `${model} at ${baseUrl} answers ${notebookId}`;
 * }
 *
 * console.log(describe(new AIPythonAgent().settings));
 * ```
 */
export interface AIPythonSettings extends CellSettings {
  /** The id of the Anode notebook to attach to. An agent serves one notebook. */
  notebookId: string;
  /** The token that the notebook's server requires. */
  authToken: string;
  /** The model server's API key. OpenAI's own server requires one. Other servers are asked without a key if it is absent. */
  apiKey?: string;
  /** The model's name, as its server knows it. Default: `gpt-4o-mini`. */
  model: string;
  /** The address of the notebook's LiveStore server, `ws://` or `wss://`. Default: `wss://app.runt.run/livestore`. */
  syncUrl: string;
  /**
   * The address of an OpenAI-compatible API, `http://` or `https://`. Its query is sent with each request. Default:
   * `https://api.openai.com/v1`. With a program's own model it is an address in the domain `invalid`.
   */
  baseUrl: string;
  /** HTTP headers for every request to the model server, by name, for example for a gateway. They may replace `Authorization`. */
  headers?: HttpHeaders;
  /** Which of OpenAI's interfaces is used. Default: `auto`, the one that the server accepts. */
  api: ApiSetting;
  /** Whether `ws://` and `http://` are allowed beyond this machine, where others can read the secrets. Default: `false`. */
  insecure: boolean;
  /** How many tokens the model reads, request and answer together. Default: what its server reports. */
  contextLength?: number;
  /** The OpenAI organization that pays. */
  organization?: string;
  /** The OpenAI project that pays. */
  project?: string;
  /** This runtime's id, which must not be a number. Default: `aipython-` and random characters, made at start. */
  runtimeId: string;
  /**
   * Whether a start takes back a notebook that another runtime has taken over since a runtime with this runtime id served it. With
   * `false` the start ends with a `DisplacedError`. `false` needs a fixed runtime id, the same at every start. Default: `true`.
   */
  takeBack: boolean;
  /**
   * The maximum number of characters of a file that are sent to the model if a cell names the file in a string: its description, and its
   * first and last lines. Default: 8,000; with 0 only its name is sent.
   */
  maxFileCharacters: number;
  /** The maximum number of tokens, input and output, that the agent may spend in all. Default: 0 (no limit). */
  maxTokensPerSession: number;
  /** The price of the model's tokens. Default: known for a few models at OpenAI's own server. */
  price?: Price;
  /** The maximum cost of all requests of the agent, in dollars. Requires a price. Default: 0 (no limit). */
  maxCostPerSession: number;
  /** The maximum number of cells that begin within a minute. Further cells get an error in the notebook. Default: 0 (no limit). */
  maxCellsPerMinute: number;
  /**
   * The users whose cells are run, by the user ids of execution requests. Cells of other users get an error in the notebook. The sender
   * of a request chooses its user id, so this does not stop an attacker. Default: empty, which allows everybody.
   */
  allowUsers: readonly string[];
  /**
   * Whether Run All stops at the first cell that raises an exception, is interrupted, or gets no answer because the model server refuses
   * requests. Then the remaining cells are cancelled, and a note in the notebook says so. Default: `true`.
   */
  stopOnError: boolean;
  /** Whether the model also answers AI cells, and is announced to the notebook for that. Default: `true`. */
  aiCells: boolean;
  /** The longest wait for the notebook's server at the start, in seconds. Default: 30. */
  connectTimeout: number;
  /**
   * The longest silence of the model before its answer begins, in seconds. Default: 60, and 600 if the base URL leads to this machine or to
   * a private network.
   */
  firstByteTimeout: number;
  /**
   * The longest silence of the model in the middle of its answer, in seconds. Default: 30, and 120 if the base URL leads to this machine or
   * to a private network.
   */
  stallTimeout: number;
}

/**
 * The options of `new AIPythonAgent(options)`. Options that are absent or `undefined` come from the environment or from the
 * defaults. Durations are in seconds.
 *
 * An error or a rejection of a callback or of the logger is logged and has no other effect. Promises that they return are not awaited.
 *
 * ```ts
 * import { AIPythonAgent, type AIPythonAgentOptions } from "@runt/aipython-runtime-agent";
 *
 * const lesson: AIPythonAgentOptions = { model: "gpt-4o-mini", maxTokensPerSession: 200_000, maxCellsPerMinute: 30 };
 * const agents = ["lesson-1", "lesson-2"].map((notebookId) => new AIPythonAgent({ ...lesson, notebookId }));
 * console.log(agents.map(({ settings }) => settings.notebookId));
 * ```
 */
export interface AIPythonAgentOptions extends Omit<Partial<AIPythonSettings>, "model"> {
  /**
   * The model's name, as its server knows it, or the program's own model, which has no server. The options of a server are not allowed
   * with such a model, and their environment variables are ignored. Default: `gpt-4o-mini`.
   */
  model?: string | Model;
  /** Receives log lines. Default: none. */
  logger?: Logger;
  /** Limits the concurrent model requests of all agents that share it. Default: no limit. */
  requestLimiter?: RequestLimiter;
  /** Called after each change of the connection to the notebook. */
  onStatus?: (status: AgentStatus) => void;
  /** Called after each cell with its cost and the cost of the session. */
  onUsage?: (usage: UsageEvent) => void;
  /**
   * Called after each cell, AI cells included, with the model requests and the answers. Not called after a successful cell without a model
   * request. In the trace secrets are hidden, and long texts are shortened. Default: nothing is recorded.
   */
  onTrace?: (trace: CellTrace) => void;
  /** The variables that absent options are read from. Default: those of the process. Only the command reads a `.env` file. */
  environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Ends the agent when it is aborted. If the agent is still starting, `start` rejects with the signal's reason. If it has started, it
   * shuts down as with `shutdown`. Default: only `shutdown` ends it.
   */
  signal?: AbortSignal;
}

/** The levels of log lines, from the least important. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

export type LogLevel = typeof logLevels[number];

/** The formats of log lines: text for people, and one JSON object per line. */
export const logFormats = ["text", "json"] as const;

export type LogFormat = typeof logFormats[number];

/** The settings of the command `aipython`: those of its agents, and its own. */
export interface CommandSettings extends Omit<AIPythonSettings, "notebookId"> {
  /** The ids of the Anode notebooks to attach to, without duplicates. */
  notebookIds: readonly string[];
  /** The maximum number of model requests in flight at a time, over all notebooks. Default: 64; 0 is no limit. */
  maxConcurrentRequests: number;
  /** The port on which health checks are answered; 0 is a free one. Default: none are. */
  healthPort?: number;
  /** The address at which health checks are answered. Default: `127.0.0.1`. */
  healthHost: string;
  /** Lines below this level are not logged. Default: `info`. */
  logLevel: LogLevel;
  /** The format of log lines. Default: `text`. */
  logFormat: LogFormat;
}

/** Every setting, the agent's and the command's. */
export type AnySettings = AIPythonSettings & CommandSettings;
