/**
 * Runs one cell alone, without a notebook and without a session.
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
 * // At most a minute for a cell that goes on from another one.
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
  /** The model that plays IPython, such as {@linkcode createModel} makes. */
  model: Model;
  /** Gets the outputs while they arrive. If it has `input`, the model may ask the person. */
  context: ExecutionContext;
  /** The cells that have run before it, oldest first. Default: none. */
  history?: readonly HistoryEntry[];
  /** The `n` of `In [n]`. Default: one more than that of the last cell of `history`, or 1. */
  executionCount?: number;
  /** The files that the cell names. Default: none. */
  files?: readonly CellFile[];
  /** The same for all cells of a session, so that the provider's prompt cache finds them. Default: none. */
  cacheKey?: string;
  /** Interrupts the cell. Default: nothing does. */
  signal?: AbortSignal;
  /** Where log lines go. Default: nowhere. */
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
 * A model that fails ends the cell with an `error` output whose `ename` is `ModelError`. Use {@linkcode InteractiveShell} for cells that
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
 * @param code the cell's code, as a person types it; a cell without code succeeds, and the model is not asked
 * @param options the model, the context, and how the model is asked
 * @returns how the cell ended, once the context has flushed all of its outputs
 * @throws {ConfigurationError} naming every option that is unknown, missing or wrong
 * @throws the signal's reason when the cell is interrupted; nothing is written after that
 * @throws what the context's `flush` rejects with
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
