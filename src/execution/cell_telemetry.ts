/**
 * What watches cells from outside: each cell, and each of its model requests, as an operation with a beginning and an end.
 *
 * @module
 */

import type { ModelErrorKind } from "../errors.ts";
import type { Model } from "./model.ts";

/** A cell that is watched. */
export interface ObservedCell {
  /** A cell of code, or an AI cell. */
  kind: "code" | "ai";
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** Who answers. */
  model: Model;
  /** Interrupts the cell. */
  signal: AbortSignal;
}

/** How a watched cell ended, if it was not thrown out of. */
export interface ObservedEnd {
  /** `error` when the code raised an exception or the model failed. */
  status: "success" | "error";
  /** How the model failed, if that ended the cell. */
  failure?: ModelErrorKind;
}

/**
 * Watches cells and their model requests, for traces or metrics.
 *
 * ```ts
 * import { type CellTelemetry, createModel, InteractiveShell, type ObservedCell, type ObservedEnd } from "@runt/aipython-runtime-agent";
 *
 * const telemetry: CellTelemetry = {
 *   async observe<Result extends ObservedEnd>({ kind, model }: ObservedCell, run: (model: ObservedCell["model"]) => Promise<Result>) {
 *     const result = await run(model);
 *     console.log(`a cell of ${kind} by ${model.name}: ${result.status}`);
 *     return result;
 *   },
 * };
 * await new InteractiveShell({ model: await createModel(), telemetry }).runCell("2 + 2");
 * ```
 */
export interface CellTelemetry {
  /**
   * Runs a cell.
   *
   * @param run runs it with a model whose requests are watched too
   * @returns what `run` returns
   * @throws what `run` throws
   */
  observe<Result extends ObservedEnd>(cell: ObservedCell, run: (model: Model) => Promise<Result>): Promise<Result>;
}
