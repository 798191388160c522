/**
 * Observes cells and their model requests as operations with a beginning and an end.
 *
 * @module
 */

import type { ModelErrorKind } from "../errors.ts";
import type { Model } from "./model.ts";

/** An observed cell. */
export interface ObservedCell {
  /** Whether it is a code cell or an AI cell. */
  kind: "code" | "ai";
  /** The `n` of `In [n]`; absent for an AI cell. */
  executionCount?: number;
  /** The model that answers. */
  model: Model;
  /** Interrupts the cell. */
  signal: AbortSignal;
}

/** The end of an observed cell that did not throw. */
export interface ObservedEnd {
  /** `error` if the code raised an exception or the model failed. */
  status: "success" | "error";
  /** The kind of the model's failure, if it ended the cell. */
  failure?: ModelErrorKind;
}

/**
 * Observes cells and their model requests, for traces or metrics.
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
   * @param run runs the cell with a model whose requests are observed too
   * @returns the result of `run`
   * @throws the error of `run`
   */
  observe<Result extends ObservedEnd>(cell: ObservedCell, run: (model: Model) => Promise<Result>): Promise<Result>;
}
