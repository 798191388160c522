/**
 * The options of an interactive shell and of its cells, and what is checked of them.
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
 * The options of `new InteractiveShell(options)`: how it asks its model, and what it may spend.
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
  /** The model that plays IPython, such as {@linkcode createModel} makes. */
  model: Model;
  /** The shell's id for the provider's prompt cache. No two shells of one model server share it. Default: a random one. */
  cacheKey?: string;
  /** What the model's tokens cost. Default: not known. */
  price?: Price;
  /** Whether cells can ask the person for input, by each cell's `onInput` or `context.input`. Default: `false`. */
  hasInput?: boolean;
  /** Finds the files that a cell names. Default: cells name none. */
  filesOf?: (code: string) => Promise<readonly CellFile[]>;
  /** Cells of an earlier session that this one goes on from, oldest first. Default: none. */
  history?: readonly HistoryEntry[];
  /** Called after each cell with a record of its exchange with the model. Default: nothing is recorded. */
  onTrace?: (trace: CellTrace) => void;
  /** Texts that are replaced by `[hidden]` in records, such as an API key. Default: none. */
  secrets?: readonly string[];
  /** Watches each cell and its model requests. Default: nothing does. */
  telemetry?: CellTelemetry;
  /** Where log lines go. Default: nowhere. */
  logger?: Logger;
}

/**
 * How one cell is run.
 *
 * ```ts
 * import { createModel, InteractiveShell, type RunCellOptions } from "@runt/aipython-runtime-agent";
 *
 * const options: RunCellOptions = {
 *   onChange: (change) => console.log(change.type),
 *   onWait: (reason) => console.log(reason ?? "it goes on"),
 *   signal: AbortSignal.timeout(60_000),
 * };
 * await new InteractiveShell({ model: await createModel() }).runCell("2 + 2", options);
 * ```
 */
export interface RunCellOptions {
  /** Gets the outputs while they arrive, besides the shell. Default: the shell alone keeps them. */
  context?: ExecutionContext;
  /** Called with every change of the outputs, at once. */
  onChange?: (change: OutputChange) => void;
  /** Called with the reason for a wait, as a sentence, and without one when it is over. */
  onWait?: (reason?: string) => void;
  /**
   * Asks the person, where the shell has input; see {@linkcode ExecutionContext.input}. Default: the `input` of `context`. Without
   * either the cell cannot ask, which ends in a `StdinNotImplementedError`.
   */
  onInput?: ExecutionContext["input"];
  /** Whether the cell takes a number and is among the {@linkcode InteractiveShell.cells}. Default: `true`. */
  storeHistory?: boolean;
  /** Whether it is a question beside the session, which later cells know nothing of; it takes no number either. Default: `false`. */
  isSilent?: boolean;
  /** Interrupts the cell. Default: nothing does. */
  signal?: AbortSignal;
}

/** The options of a shell. */
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

/** The options of a cell. */
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
 * Reads the options of a shell.
 *
 * @throws {ConfigurationError} naming every option that is unknown, missing or wrong
 */
export function readShellOptions(given: InteractiveShellOptions): InteractiveShellOptions & CellSettings {
  // The table has a default for each of the cell settings.
  return readOptions(given, shellOptions) as InteractiveShellOptions & CellSettings;
}

/**
 * Reads the options of one cell.
 *
 * @throws {ConfigurationError} naming every option that is unknown or wrong
 */
export function readRunOptions(given: RunCellOptions): RunCellOptions {
  return readOptions(given, cellOptions);
}
