/**
 * The options of an interactive shell and of its cells, and their validation.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import { cellSettingNames, type CellSettings } from "../execution/cell_settings.ts";
import type { CellTelemetry } from "../execution/cell_telemetry.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import type { Model } from "../execution/model.ts";
import type { Price } from "../execution/price.ts";
import type { CellTrace } from "../execution/trace/cell_trace.ts";
import type { UsageLimits } from "../execution/usage_meter.ts";
import type { Logger } from "../logger.ts";
import {
  booleanKind,
  contextKind,
  functionKind,
  listKind,
  loggerKind,
  modelKind,
  pricesKind,
  signalKind,
  stringKind,
  telemetryKind,
} from "../options/object_kinds.ts";
import { type KnownOptions, readOptions } from "../options/read_options.ts";
import type { OutputChange } from "./cell_outputs.ts";

/**
 * The options of `new InteractiveShell(options)`: the model, its settings, and limits on tokens and cost.
 *
 * ```ts
 * import { createModel, InteractiveShell, type InteractiveShellOptions } from "@runt/aipython-runtime-agent";
 *
 * const apiKey = "sk-...";
 * const options: InteractiveShellOptions = {
 *   model: await createModel({ apiKey }),
 *   maxTokensPerSession: 100_000,
 *   secrets: [apiKey],
 *   onTrace: ({ requests, totalMs }) => console.log(`${requests.length} requests in ${totalMs} ms`),
 * };
 * await new InteractiveShell(options).runCell("2 + 2");
 * ```
 */
export interface InteractiveShellOptions extends Partial<CellSettings>, UsageLimits {
  /** The model that plays IPython, as returned by {@linkcode createModel}. */
  model: Model;
  /** The key of the provider's prompt cache. It must be unique for each shell of a model server. Default: a random one. */
  cacheKey?: string;
  /** The price of the model's tokens. Default: unknown. */
  price?: Price;
  /** Whether cells can ask the user for input, through the cell's `onInput` or `context.input`. Default: `false`. */
  hasInput?: boolean;
  /** Finds the files that a cell names, to send them to the model. Default: no files are sent. */
  filesOf?: (code: string) => Promise<readonly CellFile[]>;
  /** The cells of an earlier session that this session continues, oldest first. Default: none. */
  history?: readonly HistoryEntry[];
  /** Called after each cell with a trace of its requests to the model. Default: nothing is traced. */
  onTrace?: (trace: CellTrace) => void;
  /** Texts that are replaced with `[hidden]` in traces, such as an API key. Default: none. */
  secrets?: readonly string[];
  /** Observes each cell and its model requests. Default: no telemetry. */
  telemetry?: CellTelemetry;
  /** Receives log lines. Default: no log. */
  logger?: Logger;
}

/**
 * The options of `shell.runCell(code, options)`.
 *
 * ```ts
 * import { createModel, InteractiveShell, type RunCellOptions } from "@runt/aipython-runtime-agent";
 *
 * const options: RunCellOptions = {
 *   onChange: (change) => console.log(change.type),
 *   onWait: (reason) => console.log(reason ?? "the cell continues"),
 *   signal: AbortSignal.timeout(60_000),
 * };
 * await new InteractiveShell({ model: await createModel() }).runCell("2 + 2", options);
 * ```
 */
export interface RunCellOptions {
  /** Also receives the outputs as they arrive. Default: only the shell keeps them. */
  context?: ExecutionContext;
  /** Called synchronously with every change of the outputs. */
  onChange?: (change: OutputChange) => void;
  /** Called with the reason for a wait, as a sentence, and without a reason when the wait is over. */
  onWait?: (reason?: string) => void;
  /**
   * Asks the user for input, if the shell has `hasInput`; see {@linkcode ExecutionContext.input}. Default: the `input` of `context`.
   * Without either, a cell that asks ends with a `StdinNotImplementedError`.
   */
  onInput?: ExecutionContext["input"];
  /** Whether the cell gets a number and is added to {@linkcode InteractiveShell.cells}. Default: `true`. */
  storeHistory?: boolean;
  /** Whether the cell is left out of the session, so that later cells do not know it. It gets no number. Default: `false`. */
  isSilent?: boolean;
  /** Interrupts the cell. Default: no interruption. */
  signal?: AbortSignal;
}

const shellOptions: KnownOptions = {
  settings: [...cellSettingNames, "maxTokensPerSession", "maxCostPerSession"],
  kinds: {
    model: modelKind,
    cacheKey: stringKind,
    price: pricesKind,
    hasInput: booleanKind,
    filesOf: functionKind,
    history: listKind,
    onTrace: functionKind,
    secrets: listKind,
    telemetry: telemetryKind,
    logger: loggerKind,
  },
  required: ["model"],
};

const cellOptions: KnownOptions = {
  settings: [],
  kinds: {
    context: contextKind,
    onChange: functionKind,
    onWait: functionKind,
    onInput: functionKind,
    storeHistory: booleanKind,
    isSilent: booleanKind,
    signal: signalKind,
  },
  required: [],
};

/**
 * Validates the options of a shell, and adds the defaults.
 *
 * @throws {ConfigurationError} lists every option that is unknown, missing or wrong
 */
export function readShellOptions(given: InteractiveShellOptions): InteractiveShellOptions & CellSettings {
  // The table has a default for each of the cell settings.
  return readOptions(given, shellOptions) as InteractiveShellOptions & CellSettings;
}

/**
 * Validates the options of one cell.
 *
 * @throws {ConfigurationError} lists every option that is unknown or wrong
 */
export function readRunOptions(given: RunCellOptions): RunCellOptions {
  return readOptions(given, cellOptions);
}
