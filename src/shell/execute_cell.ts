/**
 * Runs a single cell without a notebook and without a session.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import { cellSettingNames, type CellSettings, pickCellSettings } from "../execution/cell_settings.ts";
import { CheckedModel } from "../execution/checked_model.ts";
import { type CellResult, executeCell as executeInCore } from "../execution/execute_cell.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import type { HistoryEntry } from "../execution/history_entry.ts";
import type { Model } from "../execution/model.ts";
import type { Logger } from "../logger.ts";
import {
  contextKind,
  listKind,
  loggerKind,
  modelKind,
  ordinalKind,
  signalKind,
  stringKind,
} from "../options/object_kinds.ts";
import { type KnownOptions, readOptions } from "../options/read_options.ts";

/**
 * The options of {@linkcode executeCell}. Settings that are absent have the defaults of {@linkcode CellSettings}.
 *
 * ```ts
 * import { CellOutputs, createModel, executeCell, type ExecuteCellOptions } from "@runt/aipython-runtime-agent";
 *
 * // Runs a cell after another one, with a timeout of a minute.
 * const context = new CellOutputs();
 * const options: ExecuteCellOptions = {
 *   model: await createModel(),
 *   context,
 *   history: [{ executionCount: 1, code: "eggs = 2", outputs: [] }],
 *   signal: AbortSignal.timeout(60_000),
 * };
 * await executeCell("eggs + 2", options);
 * console.log(context.outputs);
 * ```
 */
export interface ExecuteCellOptions extends Partial<CellSettings> {
  /** The model that plays IPython, as returned by {@linkcode createModel}. */
  model: Model;
  /** Receives the outputs as they arrive. If it has `input`, the cell can ask the user for input. */
  context: ExecutionContext;
  /** The cells that ran before it, oldest first. Default: none. */
  history?: readonly HistoryEntry[];
  /** The `n` of `In [n]`. Default: the number after that of the last cell in `history`, or 1. */
  executionCount?: number;
  /** The files that the cell names, which are sent to the model. Default: none. */
  files?: readonly CellFile[];
  /** The key of the provider's prompt cache. Use the same for all cells of a session. Default: none. */
  cacheKey?: string;
  /** Interrupts the cell. Default: no interruption. */
  signal?: AbortSignal;
  /** Receives log lines. Default: no log. */
  logger?: Logger;
}

const known: KnownOptions = {
  settings: cellSettingNames,
  kinds: {
    model: modelKind,
    context: contextKind,
    history: listKind,
    executionCount: ordinalKind,
    files: listKind,
    cacheKey: stringKind,
    signal: signalKind,
    logger: loggerKind,
  },
  required: ["model", "context"],
};

/**
 * Runs one cell: asks the model what it would output, and writes that to the context. Nothing is executed.
 *
 * If the model fails, the cell ends with an `error` output whose `ename` is `ModelError`. Use {@linkcode InteractiveShell} for cells that
 * build on each other.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { CellOutputs, createModel, executeCell } from "@runt/aipython-runtime-agent";
 *
 * const context = new CellOutputs();
 * const { status } = await executeCell("2 + 2", { model: await createModel(), context });
 * assert.equal(status, "success");
 * assert.deepEqual(context.outputs, [{ type: "execute_result", data: { "text/plain": "4" } }]);
 * ```
 *
 * @param code the cell's code, as typed. A cell without code succeeds without a request to the model
 * @param options the model, the context, and the settings
 * @returns the result of the cell, after the context has flushed all of its outputs
 * @throws {ConfigurationError} lists every option that is unknown, missing or wrong
 * @throws the signal's reason if the cell is interrupted. Nothing is written after that
 * @throws the error with which the context's `flush` rejects
 */
export async function executeCell(code: string, options: ExecuteCellOptions): Promise<CellResult> {
  const given = readOptions(options, known) as ExecuteCellOptions & CellSettings;
  const { model, context, history = [], files, cacheKey, logger } = given;
  return await executeInCore({
    ...pickCellSettings(given),
    model: new CheckedModel(model),
    context,
    code,
    history,
    files,
    cacheKey,
    logger,
    executionCount: given.executionCount ?? (history.at(-1)?.executionCount ?? 0) + 1,
    signal: given.signal ?? new AbortController().signal,
  });
}
