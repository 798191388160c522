/**
 * The settings of the agent and of its command: the options that a caller may give, and the complete settings.
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
 * Which of OpenAI's interfaces is spoken: the one that the server takes, or always the same.
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

/** All of them. */
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
 * The agent's settings, complete.
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
  /** The Anode notebook to attach to: one for each agent. */
  notebookId: string;
  /** The token that the notebook's server asks for. */
  authToken: string;
  /** The model server's API key. OpenAI's own server requires one; where there is none, requests go without. */
  apiKey?: string;
  /** The model's name, as its server knows it. Default: `gpt-4o-mini`. */
  model: string;
  /** The address of the notebook's LiveStore server, `ws://` or `wss://`. Default: `wss://app.runt.run/livestore`. */
  syncUrl: string;
  /**
   * The address of an OpenAI-compatible API, `http://` or `https://`. A query goes along with each request. Default:
   * `https://api.openai.com/v1`; with a model of the program's own, an address in the domain `invalid`.
   */
  baseUrl: string;
  /** HTTP headers for every request to the model server, by name, such as a gateway wants. They may replace `Authorization`. */
  headers?: HttpHeaders;
  /** Which of OpenAI's interfaces is spoken: Responses, chat completions, or the one that the server takes. Default: `auto`. */
  api: ApiSetting;
  /** Whether `ws://` and `http://` may lead beyond this machine, where others can read the secrets. Default: `false`. */
  insecure: boolean;
  /** How many tokens the model reads, request and answer together. Default: what its server tells. */
  contextLength?: number;
  /** The OpenAI organization that pays. */
  organization?: string;
  /** The OpenAI project that pays. */
  project?: string;
  /** This runtime's id, which must not be a number. Default: `aipython-` and random characters, made at start. */
  runtimeId: string;
  /**
   * Whether a notebook is taken back that another runtime has taken over since a runtime of this runtime id served it: `false` leaves it
   * alone, and the start ends with a `DisplacedError`. That needs a runtime id of one's own, the same at every start. Default: `true`.
   */
  takeBack: boolean;
  /**
   * How many characters the model is sent of a file that a cell names in a string: what it is, and its first and last lines. Default:
   * 8,000; 0 is none of any file.
   */
  maxFileCharacters: number;
  /** How many tokens, in and out, the agent may spend in all. Default: 0, which is no limit. */
  maxTokensPerSession: number;
  /** What the model's tokens cost. Default: known for a few models at OpenAI's own server. */
  price?: Price;
  /** How much the agent may spend in all, in dollars; needs a price. Default: 0, which is no limit. */
  maxCostPerSession: number;
  /** How many cells may begin within a minute; further ones are refused in the notebook. Default: 0, which is no limit. */
  maxCellsPerMinute: number;
  /**
   * The users whose cells are run, by the user ids of execution requests; cells of others are refused in the notebook. The sender of
   * a request sets its user id. Default: none, which allows everybody.
   */
  allowUsers: readonly string[];
  /**
   * Whether Run All stops at the first cell that raises an exception or is interrupted, or that the model server refuses to answer at
   * all: the rest is cancelled, and a note in the notebook says so. Default: `true`.
   */
  stopOnError: boolean;
  /** Whether the model answers AI cells, too, and is announced to the notebook for that. Default: `true`. */
  aiCells: boolean;
  /** How long to wait for the notebook's server at start, in seconds. Default: 30. */
  connectTimeout: number;
  /**
   * How long a model may be silent before its answer begins, in seconds. Default: 60, and 600 where the base URL leads to this machine
   * or to a private network.
   */
  firstByteTimeout: number;
  /**
   * How long a model may be silent in the middle of its answer, in seconds. Default: 30, and 120 where the base URL leads to this machine
   * or to a private network.
   */
  stallTimeout: number;
}

/**
 * The options of `new AIPythonAgent(options)`. Options that are absent or `undefined` come from the environment or from the
 * defaults. Durations are in seconds.
 *
 * What a listener or the logger throws, or rejects with, is logged and has no other effect. A promise that it returns is not awaited.
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
   * The model's name, as its server knows it; or a model of the program's own, which then has no server: options of a server are wrong
   * beside it, and their variables in the environment are not heeded. Default: `gpt-4o-mini`.
   */
  model?: string | Model;
  /** Where log lines go. Default: nowhere. */
  logger?: Logger;
  /** Limits the concurrent model requests of all agents that share it. Default: no limit. */
  requestLimiter?: RequestLimiter;
  /** Called whenever the state of the way to the notebook has changed. */
  onStatus?: (status: AgentStatus) => void;
  /** Called after each cell with its cost and that of the session. */
  onUsage?: (usage: UsageEvent) => void;
  /**
   * Called after each cell, AI cells included, with what the model was asked and what it answered; not after one for which it was not
   * asked, unless it failed. Secrets are hidden in it, and long texts are cut. Default: nothing is recorded.
   */
  onTrace?: (trace: CellTrace) => void;
  /** The variables that absent options are read from. Default: those of the process. A `.env` file is read by the command alone. */
  environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Ends the agent when it is aborted: an agent that is starting gives up, and `start` rejects with the signal's reason; a started one
   * shuts down as by `shutdown`. Default: nothing but `shutdown` ends it.
   */
  signal?: AbortSignal;
}

/** The levels of log lines, from the least important. */
export const logLevels = ["debug", "info", "warn", "error"] as const;

/** The level of a log line. */
export type LogLevel = typeof logLevels[number];

/** The forms of log lines: for people, and one JSON object a line. */
export const logFormats = ["text", "json"] as const;

/** The form of a log line. */
export type LogFormat = typeof logFormats[number];

/** The settings of the command `aipython`: the agents' and its own. */
export interface CommandSettings extends Omit<AIPythonSettings, "notebookId"> {
  /** The Anode notebooks to attach to, each once. */
  notebookIds: readonly string[];
  /** How many model requests may run at once, over all notebooks. Default: 64; 0 is no limit. */
  maxConcurrentRequests: number;
  /** The port on which health checks are answered; 0 is a free one. Default: none are. */
  healthPort?: number;
  /** The address at which health checks are answered. Default: `127.0.0.1`. */
  healthHost: string;
  /** Lines below this level are not logged. Default: `info`. */
  logLevel: LogLevel;
  /** How log lines are written. Default: `text`. */
  logFormat: LogFormat;
}

/** Every setting, the agent's and the command's. */
export type AnySettings = AIPythonSettings & CommandSettings;
